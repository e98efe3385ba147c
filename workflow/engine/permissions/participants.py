"""Whom a rule asks: resolves a seat specification to parties of the case or of the house."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.domain import Bench, Domain, Finder, Found, domain_of
from workflow.engine.models import CaseParty, Round, Seat, SignOff
from workflow.engine.permissions.offices import is_held
from workflow.engine.round_state import SeatState
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.seat import SeatSpec
from workflow.people.models import Party
from workflow.reading import asked_once, unwritten


@dataclass(frozen=True, slots=True)
class Participant:
    """A seat about to be frozen: which role of which party, and why it was asked."""

    spec: SeatSpec
    party_id: int
    because: str
    bench: Bench | None = None


def resolve_participants(
    spec: RoundSpec, find: Callable[[str], Found], sits: Callable[[str], Bench | None]
) -> tuple[list[Participant], list[str]]:
    """The seats of `spec`, whose parties `find` finds, and a sentence for each that found none.

    `sits` says on which bench they are, if on one.
    """
    participants: list[Participant] = []
    incidents: list[str] = []
    for wanted in spec.rule.seats:
        found = find(wanted.of)
        bench = sits(wanted.of) if found else None
        participants += [Participant(wanted, party, because, bench) for party, because in found]
        if not found and not wanted.if_any:
            called = spec.rule.called.get(wanted.role, wanted.role)
            incidents.append(f"No party holds the seat of {called}.")
    return participants, incidents


@asked_once
def parties(session: Session, case_id: int, of: str, today: date) -> Found:
    """The parties that `of` names, each with the reason it is asked.

    Its first word is the engine's own (an office, those who answered), one that the domain
    registered a finder for, or else a capacity of the case.
    """
    finder = _finder(domain_of(session), of)
    if finder is None:
        return _of_capacity(case_parties(session, case_id), of)
    return finder(session, case_id, of.partition(":")[2], today)


def _finder(domain: Domain, of: str) -> Finder | None:
    """What finds the parties that `of` names; nothing where it is a capacity of the case."""
    head = of.partition(":")[0]
    return _OWN.get(head) or domain.finders.get(head)


def is_capacity(domain: Domain, of: str) -> bool:
    """Whether `of` is a capacity in which parties take part in the case, and nothing to be found."""
    return _finder(domain, of) is None


def found_by_domain(session: Session, of: str) -> bool:
    """Whether the domain finds the parties that `of` names, from what the house keeps."""
    return of.partition(":")[0] in domain_of(session).finders


def openers(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The offices that may open an initiative for others to answer, where somebody holds them."""
    asked = [
        (SeatSpec(of.role, of.of), place)
        for of in spec.opened_by
        for place in asked_places(session, case_id, of, today)
        if is_held(session, place, today)
    ]
    return unanswered(session, asked)


def asked_places(session: Session, case_id: int, seat: SeatSpec, today: date) -> list[OfficeKey]:
    """The offices that a seat asks today, each on its bench, if it is on one."""
    with unwritten(session):
        bench = bench_of(session, case_id, seat.of, today)
        found = parties(session, case_id, seat.of, today)
    number = bench.id if bench else None
    return [OfficeKey(seat.role, party, number) for party, _ in found]


def bench_of(session: Session, case_id: int, of: str, today: date) -> Bench | None:
    """On which bench the parties sit that `of` names, if on one."""
    head, _, rest = of.partition(":")
    sits = domain_of(session).benches.get(head)
    return sits(session, case_id, rest, today) if sits else None


def places(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The seats that opening the round now would freeze, none of them answered."""
    asked = [
        (seat, place)
        for seat in spec.rule.seats
        for place in asked_places(session, case_id, seat, today)
    ]
    return unanswered(session, asked)


_KEYED = select(Party.id, Party.key, Party.name, Party.kind).where(
    Party.id.in_(bindparam("parties", expanding=True))
)


def called(session: Session, wanted: Collection[int]) -> Mapping[int, Any]:
    """These parties by their ids, each with its key, its name and its kind."""
    found = session.connection().execute(_KEYED, {"parties": sorted(wanted)})
    return {row.id: row for row in found}


def unanswered(
    session: Session, asked: Sequence[tuple[SeatSpec, OfficeKey]]
) -> tuple[SeatState, ...]:
    """Seats that nobody opened yet, of these offices, numbered downward."""
    named = called(session, {place.party_id for _, place in asked})
    return tuple(
        SeatState(
            id=-number,
            role=of.role,
            party_id=place.party_id,
            party_key=named[place.party_id].key,
            party_name=named[place.party_id].name,
            part=of.part,
            category=of.category,
            bench=place.bench,
        )
        for number, (of, place) in enumerate(asked, 1)
    )


def _of_capacity(taking: Mapping[str, Sequence[tuple[int, str]]], capacity: str) -> Found:
    return [(party, because_of(capacity)) for party, _ in taking.get(capacity, ())]


def because_of(capacity: str) -> str:
    """Why a party that takes part in this capacity is asked."""
    return capacity.replace("_", " ")


_TAKING_PART = (
    select(CaseParty.capacity, CaseParty.party_id, Party.name)
    .join(Party, Party.id == CaseParty.party_id)
    .where(CaseParty.case_id == bindparam("case_id"))
    .order_by(CaseParty.capacity, Party.name)
)


@asked_once
def case_parties(session: Session, case_id: int) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Who takes part in the case, by capacity and then by name, as (party, name)."""
    rows = session.connection().execute(_TAKING_PART, {"case_id": case_id})
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for capacity, party, name in rows:
        found[capacity] = (*found.get(capacity, ()), (party, name))
    return found


_CALLED = select(Party.id).where(Party.key == bindparam("called"))


def _office(session: Session, _case: int, key: str, _today: date) -> Found:
    found = session.connection().execute(_CALLED, {"called": key})
    return [(party, "") for party in found.scalars()]


def _answered(session: Session, case_id: int, rest: str, _today: date) -> Found:
    round_key, _, verdicts = rest.partition(":")
    latest = (
        select(Round.id)
        .where(Round.case_id == case_id, Round.key == round_key)
        .order_by(Round.turn.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Seat.party_id, SignOff.verdict)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(
            SignOff.round_id == latest,
            SignOff.standing,
            SignOff.verdict.in_(verdicts.split("+")),
        )
        .order_by(Seat.id)
    )
    return [(party, f"answered: {verdict.replace('_', ' ')}") for party, verdict in rows]


_OWN: Mapping[str, Finder] = MappingProxyType({"office": _office, "answered": _answered})
