import re

import pytest

from tests.support.deciding import decide
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import PROPOSAL, TEXTS, World


def check(ref: str, kind: str = "proposal") -> str:
    return f"/programmes/{ref}/documents/{kind}/edit/check-and-submit"


@pytest.fixture
def submitter(enter: Enter) -> Visitor:
    return enter("joao.lima")


def test_the_last_page_shows_the_whole_text_and_what_is_signed(
    world: World, submitter: Visitor
) -> None:
    page = submitter.page(check(world.programme("draft")))

    assert "India's open university shares its courses" in page
    assert "I submit this proposal for my party; it is complete" in page
    assert "The Special Unit screens it" in page
    assert "Submit as Submitter of Mozambique" in page


def test_a_submission_is_answered_with_a_receipt(world: World, submitter: Visitor) -> None:
    ref = world.programme("draft")

    answer = submitter.post(check(ref))
    receipt = submitter.page(answer.location)

    assert answer.status_code == 303
    assert world.state(ref) == "screening"
    assert "It leads to “Screening”." in receipt
    assert f"on the history of {ref}" in receipt


def test_the_same_submission_twice_is_recorded_once(world: World, submitter: Visitor) -> None:
    ref = world.programme("draft")
    sent = submitter.hidden(check(ref))

    first = submitter.post(check(ref), sent, page="/")
    second = submitter.post(check(ref), sent, page="/")

    assert first.location == second.location
    assert (first.status_code, second.status_code) == (303, 303)


def test_a_submission_names_everything_that_is_missing(world: World, submitter: Visitor) -> None:
    ref = world.programme("draft")
    sent = submitter.hidden(check(ref))
    world.file(ref, "proposal", "joao.lima", {"title": "Nurses", "objective": "Teach."})
    submitter.post(f"/programmes/{ref}/documents/proposal/edit/attached-files/1/remove", page="/")
    sent["seen_version"] = str(world.version(ref))

    answer = submitter.post(check(ref), sent, page="/")

    page = words(answer)
    assert answer.status_code == 422
    assert world.state(ref) == "draft"
    for gap in (
        "Title and countries: Framework",
        "Title and countries: Participating countries",
        "Situation and beneficiaries: Situation",
        "Objectives and outputs: Expected outputs",
        "Budget: Total cost (USD)",
        "Period: Planned start",
        "Letter of request from the Government: a file is missing",
    ):
        assert gap in page


def test_an_incomplete_draft_has_no_button(world: World, submitter: Visitor) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {"title": "Nurses"})

    page = submitter.page(check(ref))

    assert "You can sign as soon as nothing is missing." in page
    assert "Submit as" not in page


def test_a_text_that_changed_meanwhile_is_not_signed(world: World, submitter: Visitor) -> None:
    ref = world.programme("draft")
    sent = submitter.hidden(check(ref))
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Something else"})

    answer = submitter.post(check(ref), sent, page="/")

    assert answer.status_code == 409
    assert "has moved on since you opened this page" in words(answer)
    assert "Something else" in words(answer)
    assert world.state(ref) == "draft"


def test_a_damaged_form_is_refused(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    submitter = enter("joao.lima")
    form = submitter.hidden(check(ref))

    for name, value in (
        ("key", ""),
        ("key", "../../etc"),
        ("key", "x" * 1000),
        ("seat", "x"),
        ("seat", "999"),
        ("round", "decision"),
        ("round", "nowhere"),
        ("verdict", "approve"),
        ("verdict", "\x00"),
        ("seen_version", "²"),
        ("reason", "x" * 100_000),
    ):
        answer = submitter.flask.post(check(ref), data=form | {name: value})

        assert answer.status_code in {400, 404, 409, 422}, (name, value[:40])
        assert world.state(ref) == "draft", (name, value[:40])


def test_a_stranger_neither_sees_nor_signs_a_draft(world: World, enter: Enter) -> None:
    ref, stranger = world.programme("draft"), enter("leilani.tau")
    sent = enter("joao.lima").hidden(check(ref))
    sent.pop("csrf_token")

    assert stranger.get(check(ref)).status_code == 404
    assert stranger.post(check(ref), sent, page="/").status_code == 404
    assert world.state(ref) == "draft"


def test_a_reader_of_the_party_is_told_why_not(world: World, enter: Enter) -> None:
    answer = enter("graca.mabunda").get(check(world.programme("draft")))

    assert answer.status_code == 403
    assert "The proposal is not yours to write." in words(answer)


def test_a_receipt_is_its_owners_alone(world: World, submitter: Visitor, enter: Enter) -> None:
    location = submitter.post(check(world.programme("draft"))).location

    assert enter("jane.okello").get(location).status_code == 404
    assert submitter.get(f"{location}x").status_code == 404


def test_a_document_without_a_signature_of_its_writer_has_no_such_page(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")

    assert enter("tom.becker").get(check(ref, "final_financial_statement")).status_code == 409


def test_a_director_waives_an_evaluation_once_its_reasons_are_written(
    world: World, enter: Enter
) -> None:
    ref, elena = world.programme("operational_closure"), enter("elena.petrova")
    waiving = f"/programmes/{ref}/initiatives/waiving"

    early = decide(elena, waiving, {"verdict": "waive"})
    written = elena.post(
        f"/programmes/{ref}/documents/waiver/edit/waiver",
        {"field-reasons": "Its twin was evaluated in May.", "action": "save"},
    )
    then = decide(elena, waiving, {"verdict": "waive"})

    assert (early.status_code, written.status_code, then.status_code) == (422, 303, 303)
    assert "Waiver of the evaluation: not filed yet" in words(early)


def test_an_agency_presents_its_project_document_on_the_same_page(
    world: World, enter: Enter
) -> None:
    ref = world.programme("formulation")
    world.file(ref, "project_document", "kenji.watanabe", TEXTS["project_document"])

    kenji, address = enter("kenji.watanabe"), check(ref, "project_document")
    comment = re.search(
        r'name="question-answers-0-remark"[^>]*value="([^"]+)"', kenji.page(address)
    )
    assert comment is not None

    silent = kenji.post(address)
    answer = kenji.post(
        address,
        {"question-answers-0-remark": comment[1], "question-answers-0-words": "They are open."},
    )

    assert silent.status_code == 422
    assert "Remark 1 is not answered yet." in words(silent)
    assert answer.status_code == 303
