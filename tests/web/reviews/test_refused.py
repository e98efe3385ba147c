"""An answer that is refused on the page says why in full, and never loses what a person wrote."""

import pytest

from tests.support.deciding import decide, hidden, opened, round_page
from tests.support.visitors import Enter, words
from tests.support.world import NURSES, World
from tests.web.reviews.answered import CHECKED, WHY, newest, recorded


def test_nobody_signs_that_they_checked_what_they_did_not_tick(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    before = recorded(world)

    for left_out in CHECKED:
        ticked = {name: value for name, value in CHECKED.items() if name != left_out}
        remark = {"reason": WHY, "question-remarks-0-remark": "Say who pays."}
        answer = decide(jane, address, {"verdict": "open_consultation", **ticked, **remark})

        page = words(answer)
        assert answer.status_code == 422
        assert "“Eligible: consult the pivotal countries” needs an answer to each question" in page
        assert f'href="#{left_out}"' in page
        assert f'id="{left_out}-error"' in page
        assert page.count('value="yes" checked') == 3
        assert WHY in page
        assert 'value="Say who pays."' in page
    assert recorded(world) == before


def test_the_same_form_with_other_words_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    form = {**opened(priya, address), "verdict": "support"}
    priya.flask.post(address, data=form)

    answer = priya.flask.post(address, data={**form, "verdict": "objection", "reason": WHY})

    assert answer.status_code == 409
    assert WHY in words(answer)


def test_a_missing_reason_is_named_beside_the_field(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    before = recorded(world)
    remark = {"question-remarks-0-remark": "Say who pays.", "question-remarks-0-section": "budget"}

    answer = decide(jane, address, {"verdict": "return", **remark})

    assert answer.status_code == 422
    page = words(answer)
    assert "“Return for completion” needs a reason." in page
    assert 'value="return" aria-describedby="verdict-return-more" checked' in page
    assert 'value="Say who pays."' in page
    assert recorded(world) == before


def test_a_form_without_a_verdict_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"reason": WHY})

    assert answer.status_code == 422
    assert "Choose one of the decisions offered." in words(answer)
    assert WHY in words(answer)


def test_a_reason_beyond_measure_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    before = recorded(world)

    answer = decide(jane, address, {"verdict": "return", "reason": "x" * 4001})

    assert answer.status_code == 422
    assert recorded(world) == before


def test_a_remark_about_no_section_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    remark = {"question-remarks-0-section": "nowhere", "question-remarks-0-remark": "Hm."}

    answer = decide(jane, address, {"verdict": "return", "reason": WHY, **remark})

    assert answer.status_code == 422
    assert "Choose one of the options offered." in words(answer)


def test_documents_that_are_missing_are_listed(world: World, enter: Enter) -> None:
    ref = world.programme("formulation")
    kenji, address = (
        enter("kenji.watanabe"),
        round_page(world, ref, "presentation", "kenji.watanabe"),
    )

    shown = kenji.page(address)
    answer = decide(kenji, address, {"verdict": "present", "reason": WHY})

    assert "Project document: not filed yet" in shown
    assert "disabled" in shown
    assert answer.status_code == 422
    assert "Project document: not filed yet" in words(answer)
    assert WHY in words(answer)


def test_a_stale_page_shows_how_things_stand_and_keeps_the_words(
    world: World, enter: Enter
) -> None:
    ref = world.programme("formulation")
    text = NURSES.texts["project_document"]
    world.file(ref, "project_document", "kenji.watanabe", text)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    graca, address = enter("graca.mabunda"), round_page(world, ref, "endorsement", "graca.mabunda")
    form = opened(graca, address)
    world.file(ref, "project_document", "kenji.watanabe", {**text, "strategy": "Ten provinces."})
    before = recorded(world)

    answer = graca.flask.post(address, data={**form, "verdict": "decline", "reason": WHY})

    assert answer.status_code == 409
    assert recorded(world) == before
    page = words(answer)
    assert "has moved on since you opened this page" in page
    assert WHY in page
    assert "Version 2, filed" in page


def test_a_stale_page_can_be_sent_again_as_it_comes_back(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    stale = {**opened(priya, address), "seen_version": "1", "verdict": "support", "reason": WHY}

    refused = priya.flask.post(address, data=stale)
    fresh = hidden(refused.get_data(as_text=True))
    answer = priya.flask.post(address, data={**fresh, "verdict": "support", "reason": WHY})

    assert refused.status_code == 409
    assert answer.status_code == 303
    assert newest(world).reason == WHY


def test_a_round_that_closed_meanwhile_keeps_the_words_to_copy(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    form = opened(jane, address)
    world.answer(ref, "screening", "ravi.chand", "reject", "Not eligible.")

    answer = jane.flask.post(address, data={**form, "verdict": "return", "reason": WHY})

    assert answer.status_code == 409
    assert WHY in words(answer)
    assert "This round is settled" in words(answer)


@pytest.mark.parametrize("who", ["tom.becker", "joao.lima", "marie.laurent"])
def test_a_stranger_is_refused_with_reasons_and_nothing_is_written(
    world: World, enter: Enter, who: str
) -> None:
    ref = world.programme("screening")
    address = round_page(world, ref, "screening", "jane.okello")
    form = opened(enter("jane.okello"), address)
    stranger = enter(who)
    before = recorded(world)

    answer = decide(
        stranger,
        address,
        {**form, **opened(stranger, "/queue"), "verdict": "reject", "reason": WHY},
    )

    assert answer.status_code == 403
    assert recorded(world) == before


def test_a_stranger_sees_why_not_and_who_can(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("tom.becker").page(f"/programmes/{ref}/rounds/screening/1")

    assert "None of the seats asked here belongs to an office that you hold today." in page
    assert "Jane Okello, Ravi Chand" in page
    assert 'name="verdict"' not in page


def test_a_draft_cannot_be_signed_by_who_may_not_know_of_it(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    jane = enter("jane.okello")
    address = f"/programmes/{ref}/rounds/submission/1"
    token = {k: v for k, v in opened(jane, "/queue").items() if k == "csrf_token"}

    read = jane.get(address)
    sent = jane.flask.post(address, data={**token, "verdict": "submit", "seen_version": "1"})

    assert (read.status_code, sent.status_code) == (404, 404)


def test_a_question_left_open_is_named_where_the_refusal_stands(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "open_consultation"})

    assert answer.status_code == 422
    assert "Matching money is named: Answer this." in words(answer)


def test_a_line_that_lacks_something_is_named_with_what_it_lacks(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    jane, address = enter("jane.okello"), round_page(world, ref, "screening", "jane.okello")
    ticked = {f"question-{each}": "y" for each in ("countries", "cooperation", "mandate", "money")}
    first = {"country": "ZAF", "change": "add", "reason": "Has built two."}
    second = {"country": "KEN", "change": "add"}
    lines = {
        f"question-invitation-{at}-{name}": said
        for at, line in enumerate((first, second))
        for name, said in line.items()
    }

    answer = decide(jane, address, {"verdict": "open_consultation", **ticked, **lines})

    assert answer.status_code == 422
    assert "Changes of the invitation: Line 2, Reason: Answer this." in words(answer)
