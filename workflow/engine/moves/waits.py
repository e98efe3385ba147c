"""For whom a seat of somebody's queue waits that they cannot answer now: who, since when, how to reach them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import AskedPlace, asked
from workflow.engine.permissions import participants
from workflow.engine.permissions.candidates import Candidates
from workflow.engine.permissions.context import RoundContext
from workflow.engine.permissions.offices import OfficeHolder, holders_and_delegates
from workflow.engine.permissions.prior_acts import pasts
from workflow.engine.round_state import SeatState
from workflow.lifecycles.seat import SeatRef
from workflow.people.models import Person


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whose move it is, and where they read letters."""

    person: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Mover:
    """An office whose move it is, since when, and who is in it: nobody where it is empty."""

    role: str
    role_label: str
    party: str
    since: datetime
    people: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A seat that its reader cannot answer now; `lacking` are the documents that others have to write."""

    seat: int
    place: SeatRef
    at: RoundContext
    since: datetime
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Awaited:
    """The places that one seat waits for; `itself` where somebody else has to answer that very seat."""

    stopped: Stopped
    since: datetime
    places: tuple[AskedPlace, ...]
    names: Mapping[int, str] = field(default_factory=dict)
    itself: bool = False


def movers(
    session: Session, stopped: Sequence[Stopped], now: datetime
) -> dict[int, tuple[Mover, ...]]:
    """Of each seat: whose move it is instead, read for all of them at once."""
    if not stopped:
        return {}
    awaited = list(_awaited(session, stopped, now))
    places = [place for each in awaited for place in each.places]
    found = holders_and_delegates(session, places, now.date())
    people = {holder.person for group in found.values() for holder in group}
    principals = {h.mandate.principal for group in found.values() for h in group if h.mandate}
    past = pasts(session, {each.at.case_id for each in stopped}, people | principals)
    emails = _emails(session, people)
    candidates = Candidates(found, past)
    return {each.stopped.seat: tuple(_movers(each, candidates, emails)) for each in awaited}


def _awaited(session: Session, stopped: Sequence[Stopped], now: datetime) -> Iterator[_Awaited]:
    first = {(each.at.case_id, each.at.spec.after_round) for each in stopped if each.at.waits_for}
    heard = round_state.open_named(session, first) if first else []
    rounds = {(case_id, round_.key): round_ for case_id, round_ in heard}
    for each in stopped:
        if each.lacking:
            yield _writers(session, each, now)
        elif each.at.awaits is not None:
            yield _Awaited(each, each.since, ())
        elif each.at.waits_for:
            round_ = rounds[each.at.case_id, each.at.spec.after_round]
            yield _seats(each, round_.opened_at, round_.silent)
        elif each.at.turns.get(each.seat):
            yield _seats(each, each.since, _before(session, each))
        else:
            names = {each.place.party_id: each.place.party_name}
            yield _Awaited(each, each.since, (each.place,), names, itself=True)


def _writers(session: Session, stopped: Stopped, now: datetime) -> _Awaited:
    """The offices that write what the seat needs and does not have."""
    at, today = stopped.at, now.date()
    places = [
        place
        for kind in stopped.lacking
        for writer in at.definition.documents[kind].written_by
        for place in participants.asked_places(session, at.case_id, writer, today)
    ]
    called = participants.called(session, {place.party_id for place in places})
    names = {number: row.name for number, row in called.items()}
    return _Awaited(stopped, stopped.since, tuple(dict.fromkeys(places)), names)


def _before(session: Session, stopped: Stopped) -> tuple[SeatState, ...]:
    """The silent seats of the same round whose turn is now."""
    round_ = round_state.latest(session, stopped.at.case_id, stopped.at.spec.key)
    return tuple(
        seat
        for seat in (round_.silent if round_ else ())
        if not stopped.at.turns.get(seat.id) and seat.id != stopped.seat
    )


def _seats(stopped: Stopped, since: datetime, seats: Collection[SeatState]) -> _Awaited:
    names = {seat.party_id: seat.party_name for seat in seats}
    return _Awaited(stopped, since, tuple(seat.place for seat in seats), names)


def _movers(
    awaited: _Awaited, candidates: Candidates, emails: Mapping[int, str]
) -> Iterator[Mover]:
    for place in awaited.places:
        able: Sequence[OfficeHolder]
        if awaited.itself:
            stopped = awaited.stopped
            able = candidates.able(stopped.at, stopped.seat, stopped.place)
        else:
            holders = candidates.holders.get(asked(place), ())
            able = [each for each in holders if each.mandate is None]
        people = tuple(Reached(h.person, h.name, emails.get(h.person, "")) for h in able)
        label = awaited.stopped.at.definition.roles[place.role].label
        yield Mover(place.role, label, awaited.names[place.party_id], awaited.since, people)


def _emails(session: Session, people: Collection[int]) -> dict[int, str]:
    named: Any = select(Person.id, Person.email).where(Person.id.in_(people))
    return dict(session.execute(named).all()) if people else {}
