import re

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, above, begun, part
from tests.workflow.engine.cases.test_by_schedule import QUARTERLY


def test_the_page_says_whose_move_it_is_and_what_happens_if_nothing_is_done(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "lead")

    page = enter("jane.okello").page(f"/programmes/{ref}")

    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert (
        "Brazil, Malaysia and Thailand still owe an answer to “Consultation of pivotal countries”"
        in words
    )
    assert "If nothing is done: Counts as no position; the round is settled without you." in words
    assert "1 of 4 answered" in words


def test_one_button_leads_to_what_the_person_is_asked(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")

    page = enter("paulo.sa").page(f"/programmes/{ref}")

    primary = re.findall(r'<a class="btn btn-primary" href="([^"]+)"', page)
    assert len(primary) == 1
    assert primary[0].startswith(f"/programmes/{ref}/rounds/consultation/1?seat=")
    assert enter("paulo.sa").get(primary[0]).status_code == 200


def test_where_a_button_is_missing_the_page_says_why_and_who_can(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")

    page = enter("joao.lima").page(f"/programmes/{ref}")

    assert "Why can I not screen the proposal?" in page
    assert "This seat belongs to the Programme officer of Special Unit" in page
    assert "Jane Okello and Ravi Chand" in page
    assert "btn-primary" not in page


def test_the_ways_forward_are_drawn_and_told_in_words(world: World, enter: Enter) -> None:
    ref = world.programme("decision")

    page = enter("jane.okello").page(f"/programmes/{ref}")

    drawn = page[page.index('<svg class="ways"') : page.index("</svg>", page.index('class="ways"'))]
    assert page.count("ways__box--here") == 1
    assert all(word in drawn for word in ("Awaiting signatures", "Deferred", "Not approved"))
    told = page[page.index("ways__words") :]
    assert all(word in told for word in ("Approve", "Reject", "Every seat of the Board is present"))
    assert " style=" not in page


@pytest.mark.parametrize(
    "state",
    ["draft", "screening", "consultation", "lead_group", "formulation", "appraisal", "decision",
     "signature", "inception", "active", "operational_closure", "closed"],
)  # fmt: skip
def test_every_state_has_its_page_for_everybody_who_may_know(
    world: World, enter: Enter, state: str
) -> None:
    ref = world.programme(state)

    for who in ("joao.lima", "elena.petrova", "marie.laurent"):
        answer = enter(who).get(f"/programmes/{ref}")

        hidden = state == "draft" and who == "elena.petrova"
        assert answer.status_code == (404 if hidden else 200)


def test_a_missing_document_leads_its_writer_to_the_form(world: World, enter: Enter) -> None:
    ref = world.programme("formulation")

    writer = enter("kenji.watanabe").page(f"/programmes/{ref}")
    other = enter("jane.okello").page(f"/programmes/{ref}")

    form = f"/programmes/{ref}/documents/project_document/edit"
    assert form in writer
    assert enter("kenji.watanabe").get(form).status_code in (200, 303)
    assert form not in other
    assert "to be written by Executing agency, United Nations Development Programme" in other


def test_documents_and_files_can_be_opened_from_the_page(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(f"/programmes/{ref}")

    assert f'href="/programmes/{ref}/documents/proposal"' in page
    assert re.search(rf'href="/programmes/{ref}/files/\d+">letter-of-request.pdf', page)
    assert f'href="/histories/{ref}"' in page


def test_a_reason_is_shown_as_text_only(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "<b>No</b> %(who)s 100%")

    answer = enter("jane.okello").get(f"/programmes/{ref}").get_data(as_text=True)

    assert "<b>No</b>" not in answer
    assert "&lt;b&gt;No&lt;/b&gt; %(who)s 100%" in answer


@pytest.mark.parametrize("ref", ["SSC-1999-001", "REGISTER", "x" * 500])
def test_what_is_no_programme_is_not_found(world: World, enter: Enter, ref: str) -> None:
    assert enter("jane.okello").get(f"/programmes/{ref}").status_code == 404


def test_the_page_says_what_its_schedules_open_next(world: World, enter: Enter) -> None:
    by = {
        **QUARTERLY,
        "every": "year",
        "by": "31 January",
        "ahead": {"amount": 1, "unit": "months"},
    }
    ref = begun(world, part(), above(report=QUARTERLY, plan={**by, "label": "Plan"}))
    world.answer(ref, "start", OFFICER, "go")

    page = told(enter(OFFICER).page(f"/programmes/{ref}"))

    assert "The next one opens on 2 June 2026, for 2 March 2026 – 1 June 2026." in page
    assert "It is due on 31 January 2027." in page
