"""How far a person reaches: the offices that they hold, and those that they act for."""

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

from workflow.engine.models import CaseParty, LifecycleCase, Seat
from workflow.engine.permissions.disclosure import BETWEEN
from workflow.people.appointments import in_force, mandate_in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Person

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
