"""What events say of rows, where the recorded case does not show it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import (
    CASE,
    attachment_name,
    person_name,
    round_name,
    seat_name,
)
from workflow.audit.verification.replay import hear

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEAT = {"role": "pivotal", "party": "cub", "category": "", "part": "decides"}
OPENED = {
    "round": "screening", "turn": 1, "state": "draft", "due": None, "content": "old",
    "seats": [SEAT], "version": 2,
}  # fmt: skip
ROUND = round_name("screening", 1)
PLACE = seat_name(ROUND, "pivotal", "cub", "")


def told(seq: int, kind: str, what: Mapping[str, Any]) -> ToldEvent:
    at = AT + timedelta(minutes=seq)
    return ToldEvent(
        seq=seq, hash=b"", type=kind, person=1, appointment=None, at=at, effective=at, what=what,
        committed=frozenset(), opened={},
    )  # fmt: skip


def story(*events: tuple[str, Mapping[str, Any]]) -> ExpectedRows:
    heard = ExpectedRows()
    for seq, (kind, what) in enumerate(events, 1):
        hear(heard, told(seq, kind, what))
    return heard


def given(answer: int) -> dict[str, Any]:
    turn = {"round": "screening", "turn": 1, "seat": SEAT}
    return {**turn, "answer": answer, "verdict": "approve", "content": "old", "answers": "none"}


def test_a_round_put_before_a_new_text_is_about_that_text() -> None:
    rebound = {"round": "screening", "turn": 1, "content": "new", "version": 3}

    heard = story(("round.opened", OPENED), ("round.rebound", rebound))

    assert heard.things[ROUND]["content_digest"] == "new"
    assert heard.things[CASE]["version"] == 3


def test_a_sign_off_voided_after_its_round_settled_leaves_the_seat_answered() -> None:
    voided = {"round": "screening", "turn": 1, "seat": SEAT, "answer": 1}
    settled = {"round": "screening", "turn": 1, "outcome": "approved"}

    heard = story(
        ("round.opened", OPENED),
        ("signoff.given", given(1)),
        ("round.settled", settled),
        ("signoff.voided", voided),
    )

    assert heard.things[PLACE]["status"] == "answered"
    assert heard.things[f"{PLACE}, answer 1"]["ended_as"] == "voided"


def test_stepping_back_ends_an_earlier_answer() -> None:
    back = {"round": "screening", "turn": 1, "seat": SEAT}

    heard = story(("round.opened", OPENED), ("signoff.given", given(1)), ("seat.recused", back))

    assert heard.things[PLACE]["status"] == "recused"
    assert heard.things[f"{PLACE}, answer 1"]["ended_as"] == "changed"


def test_which_of_two_equal_files_went_is_left_open() -> None:
    file = {"kind": "annex", "digest": "same", "size": 1}

    heard = story(
        ("attachment.filed", file), ("attachment.filed", file), ("attachment.removed", file)
    )

    assert "removed_at" not in heard.things[attachment_name(1)]
    assert "removed_at" not in heard.things[attachment_name(2)]


def test_an_unknown_kind_of_event_changes_nothing() -> None:
    assert story(("weather.changed", {"to": "rain"})).things == ExpectedRows().things


def test_an_extension_moves_the_end_of_the_round_and_of_every_seat() -> None:
    due = {"due": "2026-03-05T09:00:00.000Z"}
    extended = {"round": "screening", "turn": 1, "from": due["due"], "version": 3}

    heard = story(
        ("round.opened", {**OPENED, **due}),
        ("round.extended", {**extended, "due": "2026-03-06T09:00:00.000Z"}),
    )

    later = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert heard.things[ROUND]["due_at"] == heard.things[PLACE]["due_at"] == later
    assert heard.things[CASE]["version"] == 3


def test_a_stopped_clock_leaves_no_end_and_one_that_goes_on_a_later_one() -> None:
    due = {"due": "2026-03-05T09:00:00.000Z"}
    stopped = {"round": "screening", "turn": 1, **due, "why": "state", "version": 3}
    later = {"round": "screening", "turn": 1, "from": due["due"], "version": 4}

    still = story(("round.opened", {**OPENED, **due}), ("round.paused", stopped))
    going = story(
        ("round.opened", {**OPENED, **due}),
        ("round.paused", stopped),
        ("round.resumed", {**later, "due": "2026-03-09T09:00:00.000Z"}),
    )

    after = datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert still.things[ROUND]["due_at"] is still.things[PLACE]["due_at"] is None
    assert going.things[ROUND]["due_at"] == going.things[PLACE]["due_at"] == after
    assert going.things[CASE]["version"] == 4


def test_a_late_answer_changes_no_row() -> None:
    late = {"round": "screening", "turn": 1, "seat": SEAT, "verdict": "object", "content": "old"}

    heard = story(("round.opened", OPENED), ("signoff.late", late))

    assert heard.things == story(("round.opened", OPENED)).things


def test_whoever_had_a_name_erased_goes_by_no_name_that_is_compared() -> None:
    heard = ExpectedRows()
    for seq, opened in enumerate(({"name": "Ana"}, {}, {"name": "Ana"}), 1):
        what = {"appointment": seq, "of": "p1", "role": "donor", "party": "bra",
                "starts_on": "2026-03-02", "ends_on": None}  # fmt: skip
        one = told(seq, "appointment.made", what)
        hear(heard, replace(one, committed=frozenset({"name"}), opened=opened))

        assert heard.things[person_name("p1")] == (opened if seq == 1 else {})
