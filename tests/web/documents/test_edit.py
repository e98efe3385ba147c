import pytest

from tests.support.visitors import Enter, Visitor, words
from tests.support.world import PROPOSAL, TEXTS, World
from workflow.programmes.documents.versions import content_of, saved_versions
from workflow.programmes.visible_case import visible_case

REMARKS = {"remarks": [{"section": "objectives", "remark": "Say how many nurses."}]}
COUNTRIES = {
    "field-title": "Nurses at a distance",
    "field-framework": "F7",
    "field-modality": "standard",
    "field-participating_countries": ["MOZ", "AGO"],
    "field-requesting_institution": "Ministry of Health",
    "field-signatory": "Dr Ana Matola",
}
HOSTILE = [
    {"field-title": "x" * 1_000_000},
    {"field-title": "\x00\x01\u202e\ud7ff"},
    {"field-title": ["a", "b", "c"]},
    {"field-participating_countries": ["'; drop table document --", "MOZ"]},
    {"field-framework": "{{ 7 * 7 }}"},
    {"field-title-0": "x", "title": "x", "field-": "x", "field": "x"},
    {"field-modality": "\ufffe" * 100},
    {"seen_version": "x" * 100_000},
    {"seen_version": "-1"},
    {"seen_version": "²"},
    {"add": "budget", "remove": "\x00:\x00"},
    {"action": "\x00"},
    {"fresh": "yes"},
]


def form(ref: str, section: str = "", kind: str = "proposal") -> str:
    return f"/programmes/{ref}/documents/{kind}/edit{'/' if section else ''}{section}"


def stored(
    world: World, ref: str, kind: str = "proposal", who: str = "joao.lima"
) -> dict[str, object]:
    with world.engine.reading() as session:
        case = visible_case(session, world.engine, world.person(who), ref)
        version = saved_versions(session, case, kind)[0].version
        return {"version": version, **content_of(session, case, kind, version)}


def test_the_form_opens_where_something_is_missing(
    world: World, draft: str, submitter: Visitor
) -> None:
    without_period = {k: v for k, v in PROPOSAL.items() if not k.startswith("planned_")}
    world.file(draft, "proposal", "joao.lima", without_period)

    answer = submitter.get(form(draft))

    assert (answer.status_code, answer.location) == (303, form(draft, "period"))


def test_a_section_shows_what_is_stored_and_how_far_each_has_come(
    draft: str, submitter: Visitor
) -> None:
    page = submitter.page(form(draft, "objectives"))

    assert "By mid 2028, 240 nurses hold a certificate" in page
    assert 'value="Courses in Portuguese"' in page
    assert "One or two sentences: what will be different" in page
    assert page.count("(complete)") == 8
    assert "9. Check and submit" in page
    assert "version 1, by João Lima" in page


def test_a_section_is_kept_and_the_next_one_opened(
    world: World, draft: str, submitter: Visitor
) -> None:
    answer = submitter.post(form(draft, "countries"), {**COUNTRIES, "action": "continue"})

    assert (answer.status_code, answer.location) == (303, form(draft, "areas"))
    assert 'value="Nurses at a distance"' in submitter.page(form(draft, "countries"))
    assert stored(world, draft) == {"version": 1, **PROPOSAL}


def test_going_through_the_form_makes_one_version_of_every_page(
    world: World, draft: str, submitter: Visitor
) -> None:
    for key, fields in (("countries", COUNTRIES), ("problem", {"field-situation": "Few nurses."})):
        page = submitter.hidden(form(draft, key))
        submitter.flask.post(form(draft, key), data={**page, **fields, "action": "continue"})
    waiting = submitter.page(form(draft, "check-and-submit"))

    dates = {"field-planned_start": "2027-02-01", "field-planned_end": "2028-06-30"}
    last = submitter.post(form(draft, "period"), {**dates, "action": "continue"})

    kept = stored(world, draft)
    assert last.location == form(draft, "attached-files")
    assert (kept["version"], kept["title"]) == (2, "Nurses at a distance")
    assert (kept["situation"], kept["planned_start"]) == ("Few nurses.", "2027-02-01")
    assert "What you wrote on 2 pages is not in this text yet" in waiting
    assert "not in this text yet" not in submitter.page(form(draft, "check-and-submit"))


def test_a_page_that_is_half_typed_is_no_part_of_what_is_saved_on_another(
    world: World, draft: str, submitter: Visitor
) -> None:
    typed = submitter.hidden(form(draft, "problem")) | {"field-situation": "Half a sen"}
    submitter.flask.post(f"/working-copies?place={form(draft, 'problem')}&key=a", data=typed)

    submitter.post(form(draft, "countries"), COUNTRIES)

    kept = stored(world, draft)
    assert (kept["title"], kept["situation"]) == ("Nurses at a distance", PROPOSAL["situation"])
    assert "Half a sen" in submitter.page(form(draft, "problem"))


def test_what_was_meant_is_no_version_over_what_somebody_saved_meanwhile(
    world: World, draft: str, submitter: Visitor
) -> None:
    submitter.post(form(draft, "problem"), {"field-situation": "Mine.", "action": "continue"})
    world.file(draft, "proposal", "joao.lima", {**PROPOSAL, "situation": "Newer."})

    submitter.post(form(draft, "countries"), COUNTRIES)

    kept = stored(world, draft)
    assert (kept["title"], kept["situation"]) == ("Nurses at a distance", "Newer.")
    assert "Mine." in submitter.page(form(draft, "problem"))


def test_saving_alone_stays_and_says_the_version(draft: str, submitter: Visitor) -> None:
    answer = submitter.post(form(draft, "countries"), {**COUNTRIES, "action": "save"}, follow=True)

    assert "Saved as version 2." in words(answer)
    assert "1. Title and countries" in words(answer)


def test_what_is_not_complete_is_saved_all_the_same(
    world: World, draft: str, submitter: Visitor
) -> None:
    submitter.post(form(draft, "countries"), {"field-title": "Nurses"})

    kept = stored(world, draft)
    assert kept["title"] == "Nurses"
    assert "participating_countries" not in kept


def test_the_same_words_make_no_new_version(draft: str, submitter: Visitor) -> None:
    submitter.post(form(draft, "countries"), COUNTRIES)
    answer = submitter.post(form(draft, "countries"), COUNTRIES, follow=True)

    assert "Nothing had changed; version 2 stands." in words(answer)


def test_a_wrong_shape_is_not_saved_and_the_text_is_kept(
    world: World, draft: str, submitter: Visitor
) -> None:
    answer = submitter.post(
        form(draft, "budget"),
        {
            "field-budget-0-source": "India",
            "field-budget-0-amount": "plenty",
            "field-total_cost": "1",
        },
    )

    page = words(answer)
    assert answer.status_code == 422
    assert "Budget lines: Line 1, Amount (USD): An amount is expected" in page
    assert 'href="#field-budget"' in page
    assert 'value="plenty"' in page
    assert stored(world, draft)["version"] == 1


def test_hostile_input_is_an_answer_and_never_a_crash(
    world: World, draft: str, submitter: Visitor
) -> None:
    for sent in HOSTILE:
        answer = submitter.post(form(draft, "countries"), {**COUNTRIES, **sent})

        assert answer.status_code in {200, 303, 400, 409, 413, 422}, ascii(sent)[:80]
        assert "\x00" not in str(stored(world, draft)), ascii(sent)[:80]


def test_more_than_a_form_can_hold_is_refused(draft: str, submitter: Visitor) -> None:
    answer = submitter.post(form(draft, "problem"), {"field-situation": "x" * 21_000_000})

    assert answer.status_code == 413


def test_a_return_stands_at_the_top_and_remarks_beside_their_section(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Not measurable yet.", REMARKS)
    submitter = enter("joao.lima")

    objectives = submitter.page(form(ref, "objectives"))
    partners = submitter.page(form(ref, "partners"))

    assert "by Jane Okello on" in objectives
    assert "“Not measurable yet.”" in objectives
    assert "“Say how many nurses.”" in objectives
    assert "“Not measurable yet.”" in partners
    assert "“Say how many nurses.”" not in partners


def test_what_still_stands_before_submission_is_told(
    world: World, draft: str, submitter: Visitor
) -> None:
    world.file(
        draft, "proposal", "joao.lima", {**PROPOSAL, "total_cost": "390000", "signatory": ""}
    )

    page = submitter.page(form(draft, "period"))

    assert "The budget lines differ from the total by USD 5,000" in page
    assert "Two or more developing countries take part" in page
    assert "Name and post of the signatory" in page


@pytest.mark.parametrize("who", ["leilani.tau", "jane.okello", "paulo.sa"])
def test_a_draft_is_not_there_for_strangers(draft: str, enter: Enter, who: str) -> None:
    stranger = enter(who)

    answers = [
        stranger.get(form(draft)),
        stranger.get(form(draft, "countries")),
        stranger.post(form(draft, "countries"), COUNTRIES, page="/"),
        stranger.get(f"/programmes/{draft}/documents/proposal"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_who_may_not_write_is_told_exactly_why(world: World, draft: str, enter: Enter) -> None:
    screening = world.programme("screening")
    auditor = enter("marie.laurent").get(form(draft, "countries"))
    too_late = enter("joao.lima").get(form(screening, "countries"))

    assert auditor.status_code == 403
    assert "The proposal is not yours to write." in words(auditor)
    assert too_late.status_code == 409
    assert "cannot be changed while the programme is in “Screening”" in words(too_late)
    assert "Draft, Returned to the submitter, Answers to the countries." in words(too_late)


def test_a_write_by_who_may_not_changes_nothing(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    answer = enter("joao.lima").post(form(ref, "countries"), COUNTRIES, page="/")

    assert answer.status_code == 409
    assert stored(world, ref)["version"] == 1


@pytest.mark.parametrize("place", ["poem/edit", "proposal/edit/nowhere"])
def test_what_is_not_there_is_not_found(draft: str, submitter: Visitor, place: str) -> None:
    assert submitter.get(f"/programmes/{draft}/documents/{place}").status_code == 404


def test_a_visitor_who_is_nobody_is_asked_to_sign_in(draft: str, submitter: Visitor) -> None:
    submitter.post("/account/logout", page="/")

    assert submitter.get(form(draft, "countries")).status_code == 303


@pytest.mark.parametrize(
    ("state", "kind", "who"),
    [
        ("formulation", "project_document", "kenji.watanabe"),
        ("inception", "annual_work_plan", "beatriz.costa"),
        ("active", "final_report", "beatriz.costa"),
        ("operational_closure", "final_financial_statement", "tom.becker"),
    ],
)
def test_every_kind_of_document_is_written_in_the_same_pages(
    world: World, enter: Enter, state: str, kind: str, who: str
) -> None:
    ref, writer = world.programme(state), enter(who)
    definition = world.engine.published("programme-standard")[1]

    for section in definition.documents[kind].sections:
        sent = _as_sent({f.key: TEXTS[kind][f.key] for f in section.fields if f.key in TEXTS[kind]})
        assert writer.post(form(ref, section.key, kind), sent).status_code == 303

    kept = stored(world, ref, kind, who)
    assert {k: v for k, v in kept.items() if k != "version"} == {
        key: value for key, value in TEXTS[kind].items() if value
    }


def test_a_form_of_one_section_shows_no_list_of_them(world: World, enter: Enter) -> None:
    ref = world.programme("active")

    page = enter("beatriz.costa").page(form(ref, "final", "final_report"))

    assert 'id="sections"' not in page
    assert "Save and continue" not in page


def test_the_next_report_begins_empty_and_becomes_a_version_of_its_own(
    world: World, enter: Enter
) -> None:
    ref, manager = world.programme("active"), enter("beatriz.costa")
    address = f"{form(ref, 'plan', 'annual_work_plan')}?new=yes"

    blank = manager.page(address)
    manager.post(form(ref, "plan", "annual_work_plan"), {"field-year": "2028"}, page=address)

    assert "Translate modules" not in blank
    assert stored(world, ref, "annual_work_plan", "beatriz.costa") == {"version": 2, "year": "2028"}


def _as_sent(content: dict[str, object]) -> dict[str, object]:
    """Stored content as a browser would send it."""
    sent: dict[str, object] = {}
    for key, value in content.items():
        if isinstance(value, bool):
            sent[f"field-{key}"] = "yes"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for at, line in enumerate(value):
                sent |= {f"field-{key}-{at}-{column}": cell for column, cell in line.items()}
        else:
            sent[f"field-{key}"] = value
    return sent


def test_a_returned_form_opens_at_the_first_remark_until_it_is_saved_again(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Gaps.", REMARKS)
    world.clock.pass_time(hours=1)
    submitter = enter("joao.lima")

    first = submitter.get(form(ref)).location
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "objective": "240 nurses by 2028."})
    then = submitter.get(form(ref)).location

    assert first.endswith("/edit/objectives")
    assert then.endswith("/edit/check-and-submit")
