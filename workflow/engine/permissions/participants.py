"""Whom a rule asks: resolves a seat specification to parties of the case or of the house."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.answers.given import last_given
from workflow.engine.benches import OfficeKey
from workflow.engine.documents.conditions import seats_asked
from workflow.engine.domain import Bench, Domain, Finder, Found, domain_of
from workflow.engine.models import CaseParty
from workflow.engine.permissions.offices import OFFICE, PARTY_CALLED, is_held
from workflow.engine.permissions.personal.invited import composing
from workflow.engine.round_state import SeatState
from workflow.lifecycles.clauses.remarks import COMMENTED, by_clause
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.seat import SeatSpec
from workflow.people.models import Party
from workflow.reading import asked_once, unwritten


@dataclass(frozen=True, slots=True)
class Participant:
    """A seat about to be frozen: which role of which party, as whom, and why it was asked."""

    spec: SeatSpec
    party_id: int
    because: str
    bench: Bench | None = None
    category: str = ""

    @property
    def office(self) -> OfficeKey:
        """The office that it asks, on its bench, if it is on one."""
        return OfficeKey(self.spec.role, self.party_id, self.bench.id if self.bench else None)


class WhomAsked(Protocol):
    """What finds whom a word names, on which bench they sit, and under which category."""

    def find(self, of: str) -> Found:
        """The parties, each with the reason it is asked."""

    def sits(self, of: str) -> Bench | None:
        """The bench, if they are on one."""

    def sorts(self, of: str) -> Mapping[int, str]:
        """The categories that the bench gives, by party."""


def resolve_participants(
    spec: RoundSpec,
    seats: Sequence[SeatSpec],
    asking: WhomAsked,
    composed: Callable[[str, Found], Found] | None = None,
) -> tuple[list[Participant], list[str]]:
    """Whom these seats of `spec` ask as the invitation is `composed`, and a sentence for each that found nobody."""
    participants: list[Participant] = []
    incidents: list[str] = []
    for wanted in seats:
        found = asking.find(wanted.of)
        found = composed(wanted.of, found) if composed else found
        bench = asking.sits(wanted.of) if found else None
        sorts = asking.sorts(wanted.of) if bench and wanted.category else {}
        participants += [
            Participant(wanted, party, because, bench, _sorted(spec, wanted, sorts.get(party, "")))
            for party, because in found
        ]
        if not found and not wanted.if_any:
            called = spec.rule.called.get(wanted.role, wanted.role)
            incidents.append(f"No party holds the seat of {called}.")
    return _without_replaced(participants), incidents


def _sorted(spec: RoundSpec, wanted: SeatSpec, given: str) -> str:
    """The category of a seat: the one that its bench gives it, in the rule's spelling, or the rule's own."""
    known = (*spec.rule.categories, *(seat.category for seat in spec.rule.seats))
    alike = (each for each in known if each.casefold() == given.casefold())
    return next(alike, given) or wanted.category


def _without_replaced(found: list[Participant]) -> list[Participant]:
    """Those who are asked: none in whose place somebody of a body sits for the same category."""
    asked = [_for_its_office(each, found) for each in found]
    seated = {(each.spec.of, each.category) for each in asked}
    return [each for each in asked if (each.spec.unless, each.category) not in seated]


def _for_its_office(one: Participant, found: Sequence[Participant]) -> Participant:
    """Somebody of a body without a category there, who has the one in which their office is asked otherwise.

    So no office is asked twice in a round, where one person answers once.
    """
    office = one.spec.role, one.party_id
    other = next(
        (
            each.category
            for each in found
            if each.spec.unless == one.spec.of and (each.spec.role, each.party_id) == office
        ),
        None,
    )
    return (
        one if other is None or one.category != one.spec.category else replace(one, category=other)
    )


@dataclass(frozen=True, slots=True)
class AskedOfCase:
    """Whom the words of a lifecycle name in a case on a day."""

    session: Session
    case_id: int
    today: date

    def find(self, of: str) -> Found:
        """The parties, each with the reason it is asked."""
        return parties(self.session, self.case_id, of, self.today)

    def sits(self, of: str) -> Bench | None:
        """The bench, if they are on one."""
        return bench_of(self.session, self.case_id, of, self.today)

    def sorts(self, of: str) -> Mapping[int, str]:
        """The categories that the bench gives, by party."""
        return categories_of(self.session, self.case_id, of, self.today)


def would_ask(session: Session, case_id: int, spec: RoundSpec, today: date) -> list[Participant]:
    """The seats that opening the round now would freeze."""
    with unwritten(session):
        seats = seats_asked(session, case_id, spec.rule)
        asking = AskedOfCase(session, case_id, today)
        return resolve_participants(spec, seats, asking, composing(session, case_id, spec))[0]


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
    """The offices that may open an initiative for others to answer: those held, or else every one asked.

    One that nobody holds opens nothing; it says who is missing.
    """
    asked = [
        (SeatSpec(of.role, of.of), place)
        for of in spec.opened_by
        for place in asked_places(session, case_id, of, today)
    ]
    held = [each for each in asked if is_held(session, each[1], today)]
    return unanswered(session, held or asked)


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


def categories_of(session: Session, case_id: int, of: str, today: date) -> Mapping[int, str]:
    """Under which categories those sit whom `of` names, by party, where their bench says so."""
    head, _, rest = of.partition(":")
    sorts = domain_of(session).categories.get(head)
    return sorts(session, case_id, rest, today) if sorts else {}


def places(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The seats that opening the round now would freeze, none of them answered."""
    asked = [
        (replace(each.spec, category=each.category), each.office)
        for each in would_ask(session, case_id, spec, today)
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


def _office(session: Session, _case: int, key: str, _today: date) -> Found:
    found = session.connection().execute(PARTY_CALLED, {"called": key})
    return [(party, "") for party in found.scalars()]


def _answered(session: Session, case_id: int, rest: str, _today: date) -> Found:
    round_key, _, verdicts = rest.partition(":")
    named = verdicts.split("+")
    return [
        (row.party_id, f"answered: {row.verdict.replace('_', ' ')}")
        for row in last_given(session, case_id, round_key)
        if row.verdict in named or (COMMENTED in named and (row.reason or by_clause(row.answers)))
    ]


_OWN: Mapping[str, Finder] = MappingProxyType({OFFICE: _office, "answered": _answered})
