"""Who leads in a group in the order of joining, and whose turn the chair is: in that order, a member passing once."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import read_event
from workflow.audit.events.cases import InCapacity, PartyJoined
from workflow.audit.models import Event
from workflow.engine.document_models import Document
from workflow.engine.domain import Found
from workflow.engine.models import CaseParty, Round, Seat, SignOff
from workflow.people.models import Party
from workflow.vocabulary import EventType

# What the lifecycle of a lead group is about, the document of who is in it, and its rounds of the chair.
SUBJECT = "lead_group"
CONSTITUTION = "constitution"
LEAD, CONVENOR = "lead", "convenor"
CHAIR_TERM, HANDING_OVER, PASS = "chair_term", "handing_over", "pass"
ASKED, BOUND, NOBODY = "asked", "bound", "nobody"


def members(session: Session, case_id: int) -> tuple[int, ...]:
    """The members by their parties, in the order in which they joined."""
    named = {row.key: row.id for row in session.execute(_taking(case_id, LEAD))}
    order = [key for key in _founders(session, case_id) if key in named]
    for what in _comings(session, case_id):
        if what.party in order:
            order.remove(what.party)
        if isinstance(what, PartyJoined) and what.party in named:
            order.append(what.party)
    return tuple(named[key] for key in (*order, *sorted(named.keys() - set(order))))


def convenor(session: Session, case_id: int) -> int | None:
    """Whoever convenes, if somebody does."""
    found = session.execute(_taking(case_id, CONVENOR)).first()
    return found.id if found else None


def in_turn(session: Session, case_id: int) -> tuple[int, ...]:
    """The other members in the order in which the chair goes on, without those that passed it this time."""
    everybody, now = members(session, case_id), convenor(session, case_id)
    at = everybody.index(now) + 1 if now in everybody else 0
    passed = _passes(session, case_id, this_turn=True)
    following = (*everybody[at:], *everybody[:at])
    return tuple(each for each in following if each not in passed and each != now)


def next_convenor(session: Session, case_id: int, _rest: str, _today: date) -> Found:
    """Who takes the chair next; nobody where every other member passed."""
    return [(each, "next in the order of joining") for each in in_turn(session, case_id)[:1]]


def chair_passes(session: Session, case_id: int, _today: date) -> tuple[str, ...]:
    """Whether the next member may pass: it is asked, or bound since it passed before, or there is nobody."""
    coming = in_turn(session, case_id)[:1]
    if not coming:
        return (NOBODY,)
    return (BOUND if coming[0] in _passes(session, case_id, this_turn=False) else ASKED,)


def _taking(case_id: int, capacity: str) -> Any:
    return (
        select(Party.id, Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
        .order_by(Party.key)
    )


def _founders(session: Session, case_id: int) -> tuple[str, ...]:
    filed = select(Document.body).where(Document.case_id == case_id, Document.kind == CONSTITUTION)
    body = session.scalar(filed.order_by(Document.version.desc()).limit(1))
    said = canonical.parse(body) if body else {}
    return tuple(str(each).lower() for each in said.get("members") or ())


def _comings(session: Session, case_id: int) -> list[InCapacity]:
    kinds = (EventType.PARTY_JOINED.value, EventType.PARTY_LEFT.value)
    told = select(Event.body).where(Event.case_id == case_id, Event.type.in_(kinds))
    found = (read_event(body).what for body in session.scalars(told.order_by(Event.seq)))
    return [each for each in found if isinstance(each, InCapacity) and each.capacity == LEAD]


def _passes(session: Session, case_id: int, *, this_turn: bool) -> frozenset[int]:
    """Who passed the chair, in this turn or in one before."""
    began = (
        select(func.max(Round.settled_at))
        .where(Round.case_id == case_id, Round.key == CHAIR_TERM)
        .scalar_subquery()
    )
    passed = (
        select(Seat.party_id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .join(Round, Round.id == Seat.round_id)
        .where(Round.case_id == case_id, Round.key == HANDING_OVER)
        .where(SignOff.standing, SignOff.verdict == PASS)
    )
    when = Round.opened_at >= began if this_turn else Round.opened_at < began
    return frozenset(session.scalars(passed.where(when)))
