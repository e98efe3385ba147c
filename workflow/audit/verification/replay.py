"""What each kind of event says about the rows of its case."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workflow.audit.chain import Broken, ToldEvent
from workflow.audit.verification import replay_duties, replay_offices
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    CASE,
    RECORD,
    answer_name,
    attachment_name,
    document_name,
    parties_name,
    review_name,
    round_name,
    seat_name,
)
from workflow.clock import read

# A clock that runs, or was never one.
RUNNING = {"paused_at": None, "paused_due": None, "paused_for": ""}


def hear(story: ExpectedRows, told: ToldEvent) -> None:
    """Take in one more event; some kinds change no row that is compared."""
    story.texts(told)
    tell = TELLERS.get(told.type)
    if tell:
        tell(story, told)


def _case_opened(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    _state(story, told)
    story.things[CASE] |= {name: what[name] for name in ("subject", "definition") if name in what}
    if "proposer" in what:
        story.things[parties_name("proposer")] = {"parties": {what["proposer"]}}


def _state(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    for name, key in (("state", "to"), ("state", "state"), ("stage", "stage")):
        if key in what:
            story.things[CASE][name] = what[key]
    _version(story, told)


def _version(story: ExpectedRows, told: ToldEvent) -> None:
    if "version" in told.what:
        story.things[CASE]["version"] = told.what["version"]


def _round_opened(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    name = _round(told)
    due = _instant(what["due"])
    story.things[name] = {
        "key": what["round"],
        "turn": what["turn"],
        "state": what["state"],
        "status": "open",
        "opened_at": told.at,
        "due_at": due,
        "content_digest": what["content"],
        "content": what["content"],
        "outcome": None,
        "explanation": "",
        "settled_at": None,
        "effective_at": None,
        **RUNNING,
    }
    story.seats[name] = []
    for place in what["seats"]:
        seat = _seat(name, place)
        story.seats[name].append(seat)
        story.things[seat] = {
            **{name: place[name] for name in ("role", "party", "category", "part")},
            "status": "open",
            "due_at": due,
        }
    _version(story, told)


def _round_rebound(story: ExpectedRows, told: ToldEvent) -> None:
    content = told.what["content"]
    story.things[_round(told)] |= {"content_digest": content, "content": content}
    _version(story, told)


def _round_extended(story: ExpectedRows, told: ToldEvent) -> None:
    _due_is(story, told, read(told.what["due"]))


def _round_paused(story: ExpectedRows, told: ToldEvent) -> None:
    story.things[_round(told)] |= {
        "paused_at": told.effective,
        "paused_due": _instant(told.what["due"]),
        "paused_for": told.what["why"],
    }
    _due_is(story, told, None)


def _round_resumed(story: ExpectedRows, told: ToldEvent) -> None:
    story.things[_round(told)] |= RUNNING
    _due_is(story, told, _instant(told.what["due"]))


def _due_is(story: ExpectedRows, told: ToldEvent, due: datetime | None) -> None:
    """The end of a round and of all its seats moved, or went while a clock stands still."""
    of_round = _round(told)
    for thing in (of_round, *story.seats[of_round]):
        story.things[thing]["due_at"] = due
    _version(story, told)


def _round_settled(story: ExpectedRows, told: ToldEvent) -> None:
    story.close(_round(told), "settled", told, told.what["outcome"])
    _version(story, told)


def _round_overtaken(story: ExpectedRows, told: ToldEvent) -> None:
    story.close(_round(told), "overtaken", told, None)
    _version(story, told)


def _answered(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    seat = _seat(_round(told), what["seat"])
    story.end_answer(seat, "changed", told.at)
    answer = story.standing[seat] = answer_name(seat, what["answer"])
    story.things[seat]["status"] = "answered"
    story.things[answer] = {
        "person_id": told.person,
        "appointment_id": told.appointment,
        "mandate_id": what.get("mandate"),
        "verdict": what["verdict"],
        "content_digest": what["content"],
        "answers": what["answers_digest"] if "answers_digest" in what else what["answers"],
        "at": told.at,
        "event_seq": told.seq,
        "event_hash": told.hash,
        "standing": True,
        "ended_as": "",
        "ended_at": None,
    } | private_columns(told, reason="reason")


def _voided(story: ExpectedRows, told: ToldEvent) -> None:
    of_round = _round(told)
    seat = _seat(of_round, told.what["seat"])
    story.end_answer(seat, "voided", told.at)
    if story.things[of_round]["status"] == "open":
        story.things[seat]["status"] = "open"
    _version(story, told)


def _recused(story: ExpectedRows, told: ToldEvent) -> None:
    seat = _seat(_round(told), told.what["seat"])
    story.end_answer(seat, "changed", told.at)
    story.things[seat]["status"] = "recused"
    _version(story, told)


def _document_filed(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[document_name(what["kind"], what["version"])] = {
        "kind": what["kind"],
        "version": what["version"],
        "digest": what["digest"],
        "body": what["digest"],
        "person_id": told.person,
        "filed_at": told.at,
        "event_seq": told.seq,
    }


def _attachment_filed(story: ExpectedRows, told: ToldEvent) -> None:
    story.things[attachment_name(told.seq)] = {
        "kind": told.what["kind"],
        "digest": told.what["digest"],
        "size": told.what["size"],
        "person_id": told.person,
        "filed_at": told.at,
        "removed_at": None,
    } | private_columns(told, filename="filename")


def _attachment_removed(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    here = {"kind": what["kind"], "digest": what["digest"], "removed_at": None}
    candidates = [thing for thing in story.things.values() if here.items() <= thing.items()]
    for thing in candidates:
        # Of several equal files the event does not say which one went.
        if len(candidates) > 1:
            del thing["removed_at"]
        else:
            thing["removed_at"] = told.at


def _imported(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    _state(story, told)
    story.things[RECORD] = {
        name: what[name] for name in ("external_key", "source", "confidence") if name in what
    }
    if "row" in what:
        story.things[RECORD] |= {"digest": what["row"], "row": what["row"]}


def _reviewed(story: ExpectedRows, told: ToldEvent) -> None:
    what = told.what
    story.things[review_name(told.seq)] = {
        "person_id": told.person,
        "covers": what["covers"],
        "seq": what["seq"],
        "sample": what["sample"],
        "at": told.at,
        "event_seq": told.seq,
    }


def _party_joined(story: ExpectedRows, told: ToldEvent) -> None:
    _parties(story, told).add(told.what["party"])


def _party_left(story: ExpectedRows, told: ToldEvent) -> None:
    _parties(story, told).discard(told.what["party"])


def _parties(story: ExpectedRows, told: ToldEvent) -> set[str]:
    name = parties_name(told.what["capacity"])
    parties: set[str] = story.things.setdefault(name, {"parties": set()})["parties"]
    return parties


def _erased(story: ExpectedRows, told: ToldEvent) -> None:
    seq = told.what["event"]
    for name in told.what["fields"]:
        if (seq, name) in story.opened:
            raise Broken(
                f"Event {seq}: its {name} was erased by event {told.seq}, but is here again."
                " Replay the register of erasures: primemover erasures replay.",
                seq,
            )
        story.missing.discard((seq, name))


def _instant(text: str | None) -> datetime | None:
    return None if text is None else read(text)


def _round(told: ToldEvent) -> str:
    return round_name(told.what["round"], told.what["turn"])


def _seat(of_round: str, place: Mapping[str, Any]) -> str:
    return seat_name(of_round, place["role"], place["party"], place["category"])


TELLERS: Mapping[str, Callable[[ExpectedRows, ToldEvent], None]] = {
    "case.opened": _case_opened,
    "programme.imported": _imported,
    "programme.import_revised": _imported,
    "state.entered": _state,
    "round.opened": _round_opened,
    "round.rebound": _round_rebound,
    "round.extended": _round_extended,
    "round.paused": _round_paused,
    "round.resumed": _round_resumed,
    "round.settled": _round_settled,
    "round.overtaken": _round_overtaken,
    "signoff.given": _answered,
    "signoff.changed": _answered,
    "signoff.voided": _voided,
    "seat.recused": _recused,
    **replay_duties.TELLERS,
    **replay_offices.TELLERS,
    "document.filed": _document_filed,
    "attachment.filed": _attachment_filed,
    "attachment.removed": _attachment_removed,
    "history.reviewed": _reviewed,
    "party.joined": _party_joined,
    "party.left": _party_left,
    "text.erased": _erased,
}
