"""What was sent and what is a draft, read off the order in which things happened."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.audit.events.cases import CaseOpened, StateEntered
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import RoundOpened, RoundOvertaken, RoundSettled
from workflow.engine.documents.sendings import draftings, handed_over, is_draft, replaced
from workflow.lifecycles.loader.files import load_file

LIFECYCLE = load_file(STANDARD)
AT = datetime(2026, 3, 2, tzinfo=UTC)
PROPOSAL, LETTER, PROJECT = "proposal", "request_letter", "project_document"


def begun() -> CaseOpened:
    return CaseOpened(
        state="draft", stage="proposal", ref="X", subject="programme", definition="", proposer="moz",
        version=1, title=None,
    )  # fmt: skip


def moved(before: str, to: str) -> StateEntered:
    stage = LIFECYCLE.states[to].stage.value
    return StateEntered(before=before, state=to, stage=stage, round="", outcome="", version=2)


def opened(key: str, turn: int = 1) -> RoundOpened:
    return RoundOpened(
        round=key, turn=turn, due=AT, version=1, state="", content="", seats=(), incidents=(),
        reason=None,
    )  # fmt: skip


def settled(key: str, turn: int = 1) -> RoundSettled:
    return RoundSettled(round=key, turn=turn, outcome="", version=2, explanation=None)


def drafts(told: dict[int, Payload], kind: str, *filed: int) -> list[int]:
    """Which of the versions, by the events that filed them, are drafts."""
    stretches = draftings(LIFECYCLE, tuple(sorted(told.items())))
    gone = replaced(LIFECYCLE.documents[kind], filed)
    return [seq for seq in filed if is_draft(stretches, kind, seq, gone[seq])]


SENT: dict[int, Payload] = {
    1: begun(), 3: opened("submission"), 8: settled("submission"), 9: moved("draft", "screening"),
}  # fmt: skip


def test_of_a_text_that_was_sent_only_the_version_that_stood_is_no_draft() -> None:
    assert drafts(SENT, PROPOSAL, 2, 4, 6) == [2, 4]


def test_before_it_was_sent_all_of_it_is_a_draft() -> None:
    told = {seq: what for seq, what in SENT.items() if seq < 8}

    assert drafts(told, PROPOSAL, 2, 4, 6) == [2, 4, 6]


def test_what_was_taken_back_before_anybody_was_sent_it_stays_a_draft_for_good() -> None:
    told: dict[int, Payload] = {
        **{seq: what for seq, what in SENT.items() if seq < 8},
        8: RoundOvertaken(round="submission", turn=1), 9: moved("draft", "withdrawn"),
    }  # fmt: skip

    assert drafts(told, PROPOSAL, 2, 4, 6) == [2, 4, 6]


def test_what_is_written_while_it_lies_with_its_writers_again_is_a_draft_until_it_is_sent_again() -> (
    None
):
    back: dict[int, Payload] = {
        **SENT, 11: moved("screening", "returned"), 12: opened("resubmission"),
    }  # fmt: skip
    again = {**back, 16: settled("resubmission"), 17: moved("returned", "screening")}

    assert drafts(back, PROPOSAL, 2, 6, 13, 14) == [2, 13, 14]
    assert drafts(again, PROPOSAL, 2, 6, 13, 14) == [2, 13]


def test_a_file_taken_off_before_it_was_sent_stays_a_draft_and_one_taken_off_later_does_not() -> (
    None
):
    stretches = draftings(LIFECYCLE, tuple(sorted(SENT.items())))

    found = {gone: is_draft(stretches, LETTER, 4, gone) for gone in (5, None, 14)}

    assert found == {5: True, None: False, 14: False}


def test_an_agency_writes_the_project_document_for_itself_until_it_presents_it() -> None:
    told: dict[int, Payload] = {
        **SENT, 20: moved("lead_group", "formulation"), 21: opened("presentation"),
    }  # fmt: skip
    presented = {**told, 26: settled("presentation")}

    assert drafts(told, PROJECT, 22, 23) == [22, 23]
    assert drafts(presented, PROJECT, 22, 23) == [22]


def test_a_notice_that_nobody_hands_over_is_sent_as_it_is_filed() -> None:
    assert drafts(SENT, "suspension_notice", 30, 31) == []


def test_each_report_of_a_series_stands_beside_the_others() -> None:
    series = replace(LIFECYCLE.documents[PROPOSAL], serial=True)

    assert replaced(series, (4, 2, 6)) == {2: None, 4: None, 6: None}
    assert replaced(LIFECYCLE.documents[PROPOSAL], (4, 2, 6)) == {2: 4, 4: 6, 6: None}


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("submission", {PROPOSAL, LETTER}),
        ("resubmission", {PROPOSAL, LETTER}),
        ("presentation", {PROJECT}),
        ("screening", set()),
        ("decision", set()),
    ],
)
def test_writers_hand_over_in_the_rounds_that_ask_themselves(key: str, kinds: set[str]) -> None:
    assert handed_over(LIFECYCLE, LIFECYCLE.rounds[key]) == kinds
