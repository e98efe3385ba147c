"""How far a person reaches: the offices that they hold, those that they act for, and the cases in which they take part by them."""

from datetime import date
from typing import TypeAlias

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union,
)

from workflow.engine.declared_models import ClosedRole, WritingOffice
from workflow.engine.models import CaseParty, LifecycleCase, Seat
from workflow.engine.permissions.disclosure import BETWEEN
from workflow.people.appointments import APART, in_force, mandate_in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Party, Person

CASE, ROUND = "case:", "round:"
_OFFICE = (Appointment.role, Appointment.party_id, Appointment.body_id.label("bench"))
# A value, or its place in a statement that is composed once.
Someone: TypeAlias = int | BindParameter[int]
Day: TypeAlias = date | BindParameter[date]


def reach(person: Someone, today: Day) -> CompoundSelect[str, int, int | None, str]:
    """Role, party, bench and scope of every office of the person today, their own and under a mandate."""
    return union(_held(person, today), _acted_for(person, today))


def reached_once(person: Someone, today: Day) -> CTE:
    """The same for a statement that asks several times about it: it is found once."""
    return reach(person, today).cte("reached").prefix_with("materialized")


def reaches_case(
    scope: ColumnElement[str], ref: SQLColumnExpression[str] = LifecycleCase.ref
) -> ColumnElement[bool]:
    """The condition that a scope covers any round of a case: of that of the statement around it, or of this name."""
    return or_(scope.not_like(f"{CASE}%"), scope == literal(CASE) + ref)


def reaches_seat(role: ColumnElement[str], bench: ColumnElement[int | None]) -> ColumnElement[bool]:
    """The condition that an office counts at a seat: one that is tied to no bench, or one on its own.

    A seat that was asked before benches were is that of whoever holds its role.
    """
    before = and_(Seat.bench_id.is_(None), Seat.role == role)
    return or_(bench.is_(None), Seat.bench_id == bench, before)


def parts(person: Someone, today: Day) -> ColumnElement[str]:
    """The capacities in which a party of an office in somebody's reach takes part in a case, in one column."""
    return parts_through(reach(person, today).subquery("for_parts"))


def parts_through(mine: FromClause) -> ColumnElement[str]:
    """The same through these offices."""
    found = (
        select(func.aggregate_strings(CaseParty.capacity, BETWEEN))
        .where(CaseParty.case_id == LifecycleCase.id)
        .where(CaseParty.party_id.in_(select(mine.c.party_id)))
        .correlate(LifecycleCase)
    )
    return func.coalesce(found.scalar_subquery(), "")


def takes_part(person: Someone, today: Day) -> ColumnElement[bool]:
    """The condition that a person takes part in a case.

    That is so where an office in their reach is of a party that has a part in it or was asked a
    seat of it, or where the lifecycle has that office write something in the state it stands in.
    An office that counts on one body alone takes part where that body was asked, whatever else is
    asked of the country that sits there.
    """
    reached = reach(person, today)
    return taking_part(*(reached.subquery(f"for_{name}") for name in ("party", "seat", "writing")))


def taking_part(
    of_party: FromClause, of_seat: FromClause, writing: FromClause
) -> ColumnElement[bool]:
    """The same by the offices through which a party has a part, is asked a seat, or writes."""
    has_part = exists().where(
        CaseParty.case_id == LifecycleCase.id,
        CaseParty.party_id == of_party.c.party_id,
        of_party.c.bench.is_(None),
        *_reading(of_party.c.role, of_party.c.scope),
    )
    was_asked = exists().where(
        Seat.case_id == LifecycleCase.id,
        Seat.party_id == of_seat.c.party_id,
        reaches_seat(of_seat.c.role, of_seat.c.bench),
        *_reading(of_seat.c.role, of_seat.c.scope),
    )
    writes = exists().where(
        WritingOffice.definition_id == LifecycleCase.definition_id,
        WritingOffice.state == LifecycleCase.state,
        WritingOffice.role == writing.c.role,
        WritingOffice.party == Party.key,
        Party.id == writing.c.party_id,
        *_reading(writing.c.role, writing.c.scope),
    )
    return or_(has_part, was_asked, writes)


def _reading(
    role: ColumnElement[str], scope: ColumnElement[str]
) -> tuple[ColumnElement[bool], ...]:
    """That an office lets its holder read what participants do, of the case at hand."""
    # Two levels down nothing is of the case at hand by itself: it would be looked for among all cases.
    closed = (
        exists()
        .where(ClosedRole.definition_id == LifecycleCase.definition_id, ClosedRole.role == role)
        .correlate_except(ClosedRole)
    )
    return role.not_in(APART), reaches_case(scope), ~closed


def _held(person: Someone, today: Day) -> Select[str, int, int | None, str]:
    """The offices of the person, which reach everything."""
    return select(*_OFFICE, literal(ALL).label("scope")).where(
        Appointment.person_id == person, in_force(today)
    )


def _acted_for(person: Someone, today: Day) -> Select[str, int, int | None, str]:
    """The offices of others for which the person acts today, each as far as its mandate reaches."""
    has_access = exists().where(Person.id == Appointment.person_id, Person.disabled_at.is_(None))
    return (
        select(*_OFFICE, Mandate.scope)
        .join(Mandate, Mandate.appointment_id == Appointment.id)
        .where(Mandate.person_id == person, mandate_in_force(today), has_access, in_force(today))
    )
