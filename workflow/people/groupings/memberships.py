"""Who belongs to which grouping on a day: the one place where that is asked."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from workflow.people.groupings.models import Grouping, GroupingMembership


def in_force(on: date) -> ColumnElement[bool]:
    """That a membership holds on a day; one of which nobody knows since when holds up to its end."""
    begun = or_(GroupingMembership.since.is_(None), GroupingMembership.since <= on)
    return begun & or_(GroupingMembership.until.is_(None), GroupingMembership.until >= on)


def members(key: str, on: date) -> Select[str]:
    """The countries, by their three letters, that belong to the grouping called `key` on a day."""
    return (
        select(GroupingMembership.iso3)
        .join(Grouping, Grouping.id == GroupingMembership.grouping_id)
        .where(Grouping.key == key, in_force(on))
    )


def groupings_of(
    session: Session, countries: Collection[str], on: date
) -> Mapping[str, tuple[str, ...]]:
    """Of each of these countries the groupings that it belongs to on a day, by label, the smallest first."""
    size = (
        select(GroupingMembership.grouping_id, func.count().label("members"))
        .where(in_force(on))
        .group_by(GroupingMembership.grouping_id)
        .subquery("size")
    )
    rows = session.execute(
        select(GroupingMembership.iso3, Grouping.label)
        .join(Grouping, Grouping.id == GroupingMembership.grouping_id)
        .join(size, size.c.grouping_id == Grouping.id)
        .where(GroupingMembership.iso3.in_(sorted(countries)), in_force(on))
        .order_by(size.c.members, Grouping.label)
    )
    found: dict[str, tuple[str, ...]] = {}
    for iso3, label in rows:
        found[iso3] = (*found.get(iso3, ()), label)
    return found


def grouping_choices(session: Session) -> tuple[tuple[str, str], ...]:
    """Every grouping as lists offer it: its key and its label, by label."""
    rows = session.execute(select(Grouping.key, Grouping.label).order_by(Grouping.label))
    return tuple((key, label) for key, label in rows)
