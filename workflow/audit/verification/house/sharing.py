"""What countries share, as the tables say and as the register tells; and its use, as a trail tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, literal, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload
from workflow.audit.events.sharing.entries import (
    OfSharing,
    SharingConfirmed,
    SharingDeclined,
    SharingKept,
    SharingLapsed,
    SharingQuestioned,
    SharingUnused,
    SharingUsed,
    SharingWithdrawn,
    SharingWorded,
)
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    shared_act_name,
    shared_name,
    shared_use_name,
    wording_of_shared_name,
)
from workflow.audit.verification.tables import (
    PARTIES,
    SHARED_ACTS,
    SHARED_ENTRIES,
    SHARED_USES,
    SHARED_WORDINGS,
)

_Named = Iterator[tuple[str, dict[str, Any]]]
_ENTRY = select(SHARED_ENTRIES, PARTIES.c.key.label("party")).outerjoin(
    PARTIES, PARTIES.c.id == SHARED_ENTRIES.c.party_id
)
# Stands where a mark of an auditor says what it covers: that the row is a use.
_USE = "use"


def sharing(connection: Connection) -> _Named:
    """Every entry, each of its wordings, and what was done about it."""
    for row in connection.execute(_ENTRY).mappings():
        yield shared_name(row["id"]), dict(row)
    for row in connection.execute(select(SHARED_WORDINGS)).mappings():
        yield wording_of_shared_name(row["entry_id"], row["number"]), dict(row)
    for row in connection.execute(select(SHARED_ACTS)).mappings():
        yield shared_act_name(row["event_seq"]), dict(row)


def uses_by(case_id: BindParameter[int]) -> Select[Any]:
    """What asks for what a case uses, shaped as the marks of auditors are: who, what, when, told by which event."""
    of = SHARED_USES.c
    return select(
        *(of.case_id, of.person_id, literal(_USE).label("covers"), of.entry_id.label("seq")),
        *(literal("").label("sample"), of.at, of.event_seq),
    ).where(of.case_id == case_id)


def used_in(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The use that such a row is; nothing where it is a mark."""
    if row["covers"] != _USE:
        return None
    told = ("person_id", "at", "event_seq")
    return shared_use_name(row["seq"]), {name: row[name] for name in told}


def _worded(story: ExpectedRows, told: ToldEvent, what: SharingWorded) -> None:
    entry = story.things.setdefault(
        shared_name(what.entry),
        {
            "kind": what.kind,
            "party": what.party,
            "state": "waiting",
            "wording": None,
            "holds_until": None,
            "consent_until": what.consented_until,
            "in_files": False,
            "asked_at": None,
        },
    )
    entry["party"] = what.party
    story.things[wording_of_shared_name(what.entry, what.wording)] = {
        "entry_id": what.entry,
        "number": what.wording,
        "consented_on": what.consented_on,
        "consented_until": what.consented_until,
        "consented_files": what.consented_files,
        "asked_by": told.person,
        "asked_at": told.at,
        "event_seq": told.seq,
        "outcome": "",
        "decided_by": None,
        "decided_at": None,
        "decision_seq": None,
        "reason": "",
        **private_columns(told, content=what.content, consent=what.consent),
    }


def _confirmed(story: ExpectedRows, told: ToldEvent, what: SharingConfirmed) -> None:
    worded = story.things[wording_of_shared_name(what.entry, what.wording)]
    worded |= _decided(told, "confirmed")
    entry = story.things[shared_name(what.entry)]
    entry |= {"state": "listed", "wording": what.wording, "holds_until": what.until}
    entry["asked_at"] = None
    if worded["consented_until"] is not None:
        entry["consent_until"] = worded["consented_until"]
        entry["in_files"] = worded["consented_files"]


def _declined(story: ExpectedRows, told: ToldEvent, what: SharingDeclined) -> None:
    worded = story.things[wording_of_shared_name(what.entry, what.wording)]
    del worded["reason"]
    worded |= {**_decided(told, "declined"), **private_columns(told, reason=what.reason)}


def _decided(told: ToldEvent, outcome: str) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "decided_by": told.person,
        "decided_at": told.at,
        "decision_seq": told.seq,
    }


def _questioned(story: ExpectedRows, told: ToldEvent, what: SharingQuestioned) -> None:
    story.things[shared_name(what.entry)]["asked_at"] = told.at
    _act(story, told, what, "asked", what.until)


def _kept(story: ExpectedRows, told: ToldEvent, what: SharingKept) -> None:
    story.things[shared_name(what.entry)] |= {
        "state": "listed",
        "holds_until": what.until,
        "asked_at": None,
    }
    _act(story, told, what, "kept", what.until)


def _lapsed(story: ExpectedRows, told: ToldEvent, what: SharingLapsed) -> None:
    story.things[shared_name(what.entry)] |= {"state": "lapsed", "asked_at": None}
    _act(story, told, what, "lapsed", what.until)


def _withdrawn(story: ExpectedRows, told: ToldEvent, what: SharingWithdrawn) -> None:
    story.things[shared_name(what.entry)] |= {"state": "withdrawn", "asked_at": None}
    _act(story, told, what, "withdrawn", None)


def _act(story: ExpectedRows, told: ToldEvent, what: OfSharing, act: str, until: Any) -> None:
    story.things[shared_act_name(told.seq)] = {
        "entry_id": what.entry,
        "act": act,
        "until": until,
        "person_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
    }


def _used(story: ExpectedRows, told: ToldEvent, what: SharingUsed) -> None:
    story.things[shared_use_name(what.entry)] = {
        "person_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
    }


def _unused(story: ExpectedRows, _told: ToldEvent, what: SharingUnused) -> None:
    story.things.pop(shared_use_name(what.entry), None)


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    SharingWorded: _worded,
    SharingConfirmed: _confirmed,
    SharingDeclined: _declined,
    SharingQuestioned: _questioned,
    SharingKept: _kept,
    SharingLapsed: _lapsed,
    SharingWithdrawn: _withdrawn,
    SharingUsed: _used,
    SharingUnused: _unused,
}
