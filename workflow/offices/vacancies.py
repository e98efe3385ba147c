"""Offices with nobody in them, the open cases that wait for each, and what a case will come to need."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    SQLColumnExpression,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from workflow.engine.benches import OfficeKey
from workflow.engine.models import OPEN, LifecycleCase, Seat
from workflow.engine.permissions.participants import (
    asked_places,
    bench_of,
    case_parties,
    would_ask,
)
from workflow.engine.permissions.visibility import known_to
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.reachability import comes_by_itself, states_ahead
from workflow.lifecycles.seat import SeatSpec
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.vocabulary import SYSTEM

MOST_OFFICES, MOST_SEATS, MOST_NAMED = 200, 1000, 3
OFFICE = "office:"
Held = frozenset[tuple[str, str]]
HeldOn = frozenset[tuple[str, str, int | None]]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An office that nobody holds, and what waits for it; `named` are cases that may be named."""

    role: str
    party_key: str
    party_name: str
    waiting: int
    named: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VacantOffice:
    """An office that a case will come to need and nobody holds; of no party where any would do."""

    role: str
    party: str
    round: str
    stage: str


def held_on_bodies(session: Session, today: date) -> HeldOn:
    """Every office that somebody with access holds today, as (role, party's key, body).

    The body is the one on which alone it counts; none where it counts on all.
    """
    rows = session.execute(
        select(Appointment.role, Party.key, Appointment.body_id)
        .join(Party, Party.id == Appointment.party_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(in_force(today), Person.disabled_at.is_(None))
        .distinct()
    )
    return frozenset((role, key, body) for role, key, body in rows)


def vacancies(
    session: Session, roles: Collection[str], viewer: int, today: date
) -> tuple[Vacancy, ...]:
    """The offices that open seats are asked of and nobody holds, by role and party.

    It takes no longer however many cases are open. `viewer` is whom cases may be named to.
    """
    if not roles:
        return ()
    empty = session.execute(_vacant(roles, today)).all()
    waiting = _waiting(session, [(row.role, row.party_id) for row in empty], viewer, today)
    return tuple(
        Vacancy(row.role, row.key, row.name, *waiting.get((row.role, row.party_id), (0, ())))
        for row in empty
    )


def asked_offices(roles: Collection[str]) -> CTE:
    """The (role, party_id) of these roles that open seats ask, found by steps through their index."""
    seat = aliased(Seat)
    asked = union_all(*(select(literal(role).label("role")) for role in sorted(roles))).subquery()
    first = select(func.min(seat.party_id)).where(seat.status == OPEN, seat.role == asked.c.role)
    office = select(asked.c.role, first.scalar_subquery().label("party_id")).cte(
        "office", recursive=True
    )
    later = select(func.min(seat.party_id)).where(
        seat.status == OPEN, seat.role == office.c.role, seat.party_id > office.c.party_id
    )
    return office.union_all(
        select(office.c.role, later.scalar_subquery()).where(office.c.party_id.is_not(None))
    )


def _vacant(roles: Collection[str], today: date) -> Select[str, int, str, str]:
    office = asked_offices(roles)
    return (
        select(office.c.role, office.c.party_id, Party.key, Party.name)
        .join(Party, Party.id == office.c.party_id)
        .where(
            or_(
                ~_held(office.c.role, office.c.party_id, today),
                _bench_empty(office.c.role, office.c.party_id, today),
            )
        )
        .order_by(office.c.role, Party.name)
        .limit(MOST_OFFICES)
    )


def _held(
    role: SQLColumnExpression[str],
    party: SQLColumnExpression[int],
    today: date,
    bench: SQLColumnExpression[int | None] | None = None,
) -> ColumnElement[bool]:
    """That somebody with access holds an office today, and counts on its bench where one is named."""
    held = (
        select(Appointment.id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == role, Appointment.party_id == party)
        .where(in_force(today), Person.disabled_at.is_(None))
    )
    if bench is not None:
        held = held.where(
            or_(bench.is_(None), Appointment.body_id.is_(None), Appointment.body_id == bench)
        )
    return held.exists()


def _bench_empty(
    role: ColumnElement[str], party: ColumnElement[int], today: date
) -> ColumnElement[bool]:
    """That a seat of an office is open on a bench for which nobody who holds it counts."""
    seat = aliased(Seat)
    on_bench = seat.bench_id.is_not(None) & (seat.status == OPEN)
    return (
        select(seat.id)
        .where(on_bench, seat.role == role, seat.party_id == party)
        .where(~_held(seat.role, seat.party_id, today, seat.bench_id))
        .exists()
    )


def _waiting(
    session: Session, empty: Collection[tuple[str, int]], viewer: int, today: date
) -> Mapping[tuple[str, int], tuple[int, tuple[tuple[str, str], ...]]]:
    """How many seats wait for each empty office, and the first cases that may be named."""
    if not empty:
        return {}
    rows = session.execute(
        select(
            Seat.role,
            Seat.party_id,
            LifecycleCase.ref,
            LifecycleCase.title,
            known_to(viewer, today).label("known"),
        )
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .where(Seat.status == OPEN, tuple_(Seat.role, Seat.party_id).in_(sorted(empty)))
        .where(~_held(Seat.role, Seat.party_id, today, Seat.bench_id))
        .order_by(Seat.role, Seat.party_id, Seat.id)
        .limit(MOST_SEATS)
    ).all()
    return {
        office: (len(seats), tuple((s.ref, s.title) for s in seats if s.known)[:MOST_NAMED])
        for office, group in groupby(rows, key=lambda row: (row.role, row.party_id))
        for seats in [list(group)]
    }


def empty_ahead(
    session: Session, case_id: int, state: str, definition: Definition, today: date
) -> tuple[VacantOffice, ...]:
    """The offices that this case will still come to need and that nobody holds today, in its order.

    A seat on a board or committee is held by whoever counts there.
    """
    wanted = list(_wanted(session, case_id, definition, state, today))
    seated = _on_bodies(session, case_id, {(role, of) for role, of, _ in wanted}, today)
    keys = [of.removeprefix(OFFICE) for _, of, _ in wanted if of.startswith(OFFICE)]
    taking = case_parties(session, case_id)
    parties = {party for found in taking.values() for party, _ in found}
    parties |= {office.party_id for places in seated.values() for office in places}
    roles = {role for role, _, _ in wanted}
    rows = _offices(session, roles, keys, parties, today)
    held = {(row.role, row.id) for row in rows}
    counting = {OfficeKey(row.role, row.id, row.body_id) for row in rows}
    names = {row.id: row.name for row in rows}
    of_house = {row.key: (row.id, row.name) for row in rows}
    anywhere = {row.role for row in rows}
    found: dict[tuple[str, str], VacantOffice] = {}
    for role, of, spec in wanted:
        asked = _asked_of(of, taking, of_house)
        if (role, of) in seated:
            missing = [names[at.party_id] for at in seated[role, of] if not _counts(at, counting)]
        elif asked is None:
            missing = [] if role in anywhere else [""]
        else:
            missing = [name for party, name in asked if (role, party) not in held]
        for name in missing:
            stage = definition.states[spec.states[0]].stage
            label = definition.roles[role].label
            found.setdefault((role, name), VacantOffice(label, name, spec.label, stage.value))
    return tuple(found.values())


def _offices(
    session: Session,
    roles: Collection[str],
    keys: Collection[str],
    parties: Collection[int],
    today: date,
) -> Sequence[Any]:
    """The parties that hold one of the roles, or are named, each with every office that it has filled."""
    named = or_(Party.key.in_(keys), Party.id.in_(parties), Appointment.role.in_(roles))
    return session.execute(
        select(Party.id, Party.key, Party.name, Appointment.role, Appointment.body_id)
        .outerjoin(Appointment, (Appointment.party_id == Party.id) & _in_office(today))
        .where(named)
    ).all()


def _on_bodies(
    session: Session, case_id: int, asked: Collection[tuple[str, str]], today: date
) -> Mapping[tuple[str, str], Collection[OfficeKey]]:
    """The offices of those seats that are on a body which the case has today, by role and of whom."""
    return {
        (role, of): places
        for role, of in asked
        if bench_of(session, case_id, of, today)
        if (places := asked_places(session, case_id, SeatSpec(role, of), today))
    }


def _counts(office: OfficeKey, held: Collection[OfficeKey]) -> bool:
    """Whether somebody in office counts on the body of an office: on it alone, or on all."""
    return not {office, OfficeKey(office.role, office.party_id, None)}.isdisjoint(held)


def _in_office(today: date) -> ColumnElement[bool]:
    able = select(Person.id).where(Person.disabled_at.is_(None))
    return in_force(today) & Appointment.person_id.in_(able)


def _wanted(
    session: Session, case_id: int, definition: Definition, state: str, today: date
) -> Iterator[tuple[str, str, RoundSpec]]:
    """Whom rounds ask that open by themselves and are still to come: role, of whom, and the round."""
    ahead = states_ahead(definition, state)
    for spec in definition.rounds.values():
        if comes_by_itself(spec) or definition.initial in spec.states:
            continue
        if ahead.isdisjoint(spec.states):
            continue
        unasked = _unasked(session, case_id, spec, today)
        for seat in spec.rule.seats:
            if seat.role != SYSTEM and seat not in unasked:
                yield seat.role, seat.of, spec


def _unasked(session: Session, case_id: int, spec: RoundSpec, today: date) -> Collection[SeatSpec]:
    """The seats of a rule that a body has or would have, and that are not asked today."""
    seats = spec.rule.seats
    either = {seat for seat in seats if seat.unless or seat.of in {each.unless for each in seats}}
    if not either:
        return ()
    return either - {each.spec for each in would_ask(session, case_id, spec, today)}


def _asked_of(
    of: str,
    taking: Mapping[str, tuple[tuple[int, str], ...]],
    of_house: Mapping[str, tuple[int, str]],
) -> Collection[tuple[int, str]] | None:
    """The parties that a seat is asked of in a case; nothing where that is not settled yet."""
    if of.startswith(OFFICE):
        found = of_house.get(of.removeprefix(OFFICE))
        return [found] if found else None
    return taking.get(of)
