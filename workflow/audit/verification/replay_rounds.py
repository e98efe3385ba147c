"""What events say of rounds and their seats: opened, moved, answered, settled."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import (
    AskedSeat,
    RoundDue,
    RoundExtended,
    RoundOpened,
    RoundOvertaken,
    RoundPaused,
    RoundRebound,
    RoundReseated,
    RoundResumed,
    RoundSettled,
)
from workflow.audit.events.seats import (
    Answered,
    SeatRecused,
    SignoffChanged,
    SignoffGiven,
    SignoffVoided,
)
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    CASE,
    answer_name,
    round_told,
    seat_name,
    seat_told,
)
from workflow.vocabulary import Footing

# A clock that runs, or was never one.
RUNNING = {"paused_at": None, "paused_due": None, "paused_for": ""}


def _opened(story: ExpectedRows, told: ToldEvent, what: RoundOpened) -> None:
    if what.footing is None:
        # Once a round of its own life opens, what was imported is no longer on record alone.
        story.things[CASE]["footing"] = Footing.MANAGED
    name = round_told(what)
    story.things[name] = {
        "key": what.round,
        "turn": what.turn,
        "state": what.state,
        "status": "open",
        "opened_at": told.at,
        "due_at": what.due,
        "content_digest": what.content,
        "content": what.content,
        "outcome": None,
        "explanation": " ".join(what.incidents),
        "settled_at": None,
        "effective_at": None,
        **RUNNING,
    }
    story.seats[name] = []
    for asked in what.seats:
        seat = seat_name(name, asked.role, asked.party, asked.category)
        story.seats[name].append(seat)
        frozen = {"asked_in": what.round, "status": "open", "due_at": what.due}
        story.things[seat] = _asked(asked) | frozen
    story.version_is(what.version)


def _asked(seat: AskedSeat) -> dict[str, Any]:
    return {
        "role": seat.role,
        "party": seat.party,
        "category": seat.category,
        "part": seat.part,
        "body": seat.body,
    }


def _rebound(story: ExpectedRows, _told: ToldEvent, what: RoundRebound) -> None:
    digests = {"content_digest": what.content, "content": what.content}
    story.things[round_told(what)] |= digests
    story.version_is(what.version)


def _reseated(story: ExpectedRows, _told: ToldEvent, what: RoundReseated) -> None:
    of_round = round_told(what)
    for gone in what.gone:
        story.things[seat_name(of_round, gone.role, gone.party, gone.category)]["status"] = (
            "overtaken"
        )
    due = story.things[of_round]["due_at"]
    for asked in what.came:
        seat = seat_name(of_round, asked.role, asked.party, asked.category)
        if seat not in story.seats[of_round]:
            story.seats[of_round].append(seat)
        story.things[seat] = _asked(asked) | {
            "asked_in": what.round,
            "status": "open",
            "due_at": due,
        }
    story.version_is(what.version)


def _extended(story: ExpectedRows, _told: ToldEvent, what: RoundExtended) -> None:
    _due_is(story, what, what.due)


def _paused(story: ExpectedRows, told: ToldEvent, what: RoundPaused) -> None:
    story.things[round_told(what)] |= {
        "paused_at": told.effective,
        "paused_due": what.due,
        "paused_for": what.why,
    }
    _due_is(story, what, None)


def _resumed(story: ExpectedRows, _told: ToldEvent, what: RoundResumed) -> None:
    story.things[round_told(what)] |= RUNNING
    _due_is(story, what, what.due)


def _due_is(story: ExpectedRows, what: RoundDue, due: datetime | None) -> None:
    """The end of a round and of all its seats moved, or went while a clock stands still."""
    of_round = round_told(what)
    for thing in (of_round, *story.seats[of_round]):
        story.things[thing]["due_at"] = due
    story.version_is(what.version)


def _settled(story: ExpectedRows, told: ToldEvent, what: RoundSettled) -> None:
    of_round = round_told(what)
    story.close(of_round, "settled", told, what.outcome)
    explained = private_columns(told, explanation=what.explanation)
    story.things[of_round] |= {"explanation": ""} | explained
    story.version_is(what.version)


def _overtaken(story: ExpectedRows, told: ToldEvent, what: RoundOvertaken) -> None:
    story.close(round_told(what), "overtaken", told)


def _answered(story: ExpectedRows, told: ToldEvent, what: Answered) -> None:
    seat = seat_told(what)
    story.end_answer(seat, "changed", told.at)
    answer = story.standing[seat] = answer_name(seat, what.answer)
    story.things[seat]["status"] = "answered"
    story.things[answer] = {
        "person_id": told.person,
        "appointment_id": told.appointment,
        "mandate_id": what.mandate,
        "verdict": what.verdict,
        "content_digest": what.content,
        "answers": what.answers,
        "at": told.at,
        "event_seq": told.seq,
        "event_hash": told.hash,
        "standing": True,
        "ended_as": "",
        "ended_at": None,
    } | private_columns(told, reason=what.reason)


def _voided(story: ExpectedRows, told: ToldEvent, what: SignoffVoided) -> None:
    seat = seat_told(what)
    story.end_answer(seat, "voided", told.at)
    if story.things[round_told(what)]["status"] == "open":
        story.things[seat]["status"] = "open"
    story.version_is(what.version)


def _recused(story: ExpectedRows, told: ToldEvent, what: SeatRecused) -> None:
    seat = seat_told(what)
    story.end_answer(seat, "changed", told.at)
    story.things[seat]["status"] = "recused"


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    RoundOpened: _opened,
    RoundRebound: _rebound,
    RoundReseated: _reseated,
    RoundExtended: _extended,
    RoundPaused: _paused,
    RoundResumed: _resumed,
    RoundSettled: _settled,
    RoundOvertaken: _overtaken,
    SignoffGiven: _answered,
    SignoffChanged: _answered,
    SignoffVoided: _voided,
    SeatRecused: _recused,
}
