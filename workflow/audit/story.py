"""The story of one case: what its events, one after the other, say its rows must hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow.audit.chain import Told
from workflow.audit.things import (
    CASE,
    Things,
    answer_name,
    attachment_name,
    document_name,
    parties_name,
    round_name,
    seat_name,
)
from workflow.clock import read


@dataclass(slots=True)
class Story:
    """Everything told so far, as rows would hold it."""

    things: Things = field(default_factory=lambda: {CASE: {"version": 1}})
    seats: dict[str, list[str]] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)

    def hear(self, told: Told) -> None:
        """Take in one more event."""
        TELLERS.get(told.type, _nothing)(self, told)

    def close(self, of_round: str, status: str, told: Told, outcome: str | None) -> None:
        """End a round; seats that did not answer are overtaken with it."""
        self.things[of_round] |= {
            "status": status,
            "outcome": outcome,
            "settled_at": told.at,
            "effective_at": told.effective,
        } | _private(told, explanation="explanation")
        for seat in self.seats[of_round]:
            if self.things[seat]["status"] == "open":
                self.things[seat]["status"] = "overtaken"

    def end_answer(self, seat: str, how: str, at: datetime) -> None:
        """End the standing answer of a seat, if it has one."""
        answer = self.standing.pop(seat, None)
        if answer:
            self.things[answer] |= {"standing": False, "ended_as": how, "ended_at": at}


def _nothing(_story: Story, _told: Told) -> None:
    """Some events change no row that is compared."""


def _case_opened(story: Story, told: Told) -> None:
    what = told.what
    _state(story, told)
    story.things[CASE] |= {name: what[name] for name in ("subject", "definition") if name in what}
    if "proposer" in what:
        story.things[parties_name("proposer")] = {"parties": {what["proposer"]}}


def _state(story: Story, told: Told) -> None:
    what = told.what
    for name, key in (("state", "to"), ("state", "state"), ("stage", "stage")):
        if key in what:
            story.things[CASE][name] = what[key]
    _version(story, told)


def _version(story: Story, told: Told) -> None:
    if "version" in told.what:
        story.things[CASE]["version"] = told.what["version"]


def _round_opened(story: Story, told: Told) -> None:
    what = told.what
    name = _round(told)
    due = None if what["due"] is None else read(what["due"])
    story.things[name] = {
        "state": what["state"],
        "status": "open",
        "opened_at": told.at,
        "due_at": due,
        "content_digest": what["content"],
        "content": what["content"],
        "outcome": None,
        "settled_at": None,
        "effective_at": None,
    }
    story.seats[name] = []
    for place in what["seats"]:
        seat = _seat(name, place)
        story.seats[name].append(seat)
        story.things[seat] = {"part": place["part"], "status": "open", "due_at": due}
    _version(story, told)


def _round_rebound(story: Story, told: Told) -> None:
    content = told.what["content"]
    story.things[_round(told)] |= {"content_digest": content, "content": content}
    _version(story, told)


def _round_settled(story: Story, told: Told) -> None:
    story.close(_round(told), "settled", told, told.what["outcome"])
    _version(story, told)


def _round_overtaken(story: Story, told: Told) -> None:
    story.close(_round(told), "overtaken", told, None)
    _version(story, told)


def _answered(story: Story, told: Told) -> None:
    what = told.what
    seat = _seat(_round(told), what["seat"])
    story.end_answer(seat, "changed", told.at)
    answer = story.standing[seat] = answer_name(seat, what["answer"])
    story.things[seat]["status"] = "answered"
    story.things[answer] = {
        "person_id": told.person,
        "appointment_id": told.appointment,
        "verdict": what["verdict"],
        "content_digest": what["content"],
        "answers": what["answers_digest"] if "answers_digest" in what else what["answers"],
        "at": told.at,
        "event_seq": told.seq,
        "event_hash": told.hash,
        "standing": True,
        "ended_as": "",
        "ended_at": None,
    } | _private(told, reason="reason")


def _voided(story: Story, told: Told) -> None:
    of_round = _round(told)
    seat = _seat(of_round, told.what["seat"])
    story.end_answer(seat, "voided", told.at)
    if story.things[of_round]["status"] == "open":
        story.things[seat]["status"] = "open"
    _version(story, told)


def _recused(story: Story, told: Told) -> None:
    seat = _seat(_round(told), told.what["seat"])
    story.end_answer(seat, "changed", told.at)
    story.things[seat]["status"] = "recused"
    _version(story, told)


def _document_filed(story: Story, told: Told) -> None:
    what = told.what
    story.things[document_name(what["kind"], what["version"])] = {
        "digest": what["digest"],
        "body": what["digest"],
        "person_id": told.person,
        "filed_at": told.at,
        "event_seq": told.seq,
    }


def _attachment_filed(story: Story, told: Told) -> None:
    story.things[attachment_name(told.seq)] = {
        "kind": told.what["kind"],
        "digest": told.what["digest"],
        "size": told.what["size"],
        "person_id": told.person,
        "filed_at": told.at,
        "removed_at": None,
    } | _private(told, filename="filename")


def _attachment_removed(story: Story, told: Told) -> None:
    what = told.what
    here = {"kind": what["kind"], "digest": what["digest"], "removed_at": None}
    candidates = [thing for thing in story.things.values() if here.items() <= thing.items()]
    for thing in candidates:
        # Of several equal files the event does not say which one went.
        if len(candidates) > 1:
            del thing["removed_at"]
        else:
            thing["removed_at"] = told.at


def _party_joined(story: Story, told: Told) -> None:
    _parties(story, told).add(told.what["party"])


def _party_left(story: Story, told: Told) -> None:
    _parties(story, told).discard(told.what["party"])


def _parties(story: Story, told: Told) -> set[str]:
    name = parties_name(told.what["capacity"])
    parties: set[str] = story.things.setdefault(name, {"parties": set()})["parties"]
    return parties


def _round(told: Told) -> str:
    return round_name(told.what["round"], told.what["turn"])


def _seat(of_round: str, place: Mapping[str, Any]) -> str:
    return seat_name(of_round, place["role"], place["party"], place["category"])


def _private(told: Told, **columns: str) -> dict[str, str]:
    """The columns that repeat a private text; one that was erased can no longer be compared."""
    return {
        column: told.opened.get(name, "")
        for column, name in columns.items()
        if name in told.opened or name not in told.committed
    }


TELLERS: Mapping[str, Callable[[Story, Told], None]] = {
    "case.opened": _case_opened,
    "programme.imported": _state,
    "programme.import_revised": _state,
    "state.entered": _state,
    "round.opened": _round_opened,
    "round.rebound": _round_rebound,
    "round.settled": _round_settled,
    "round.overtaken": _round_overtaken,
    "signoff.given": _answered,
    "signoff.changed": _answered,
    "signoff.voided": _voided,
    "seat.recused": _recused,
    "document.filed": _document_filed,
    "attachment.filed": _attachment_filed,
    "attachment.removed": _attachment_removed,
    "party.joined": _party_joined,
    "party.left": _party_left,
}
