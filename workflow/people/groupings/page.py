"""What is shown of groupings to whoever keeps them: each with who belongs to it on a day, and who did."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.people.groupings.days import MembershipDays
from workflow.people.groupings.memberships import in_force
from workflow.people.groupings.models import Grouping, GroupingMembership
from workflow.phrase import phrase
from workflow.reference import reference


@dataclass(frozen=True, slots=True)
class GroupingLine:
    """A grouping with how many countries belong to it on a day."""

    key: str
    label: str
    members: int


@dataclass(frozen=True, slots=True)
class MembershipLine:
    """A country in a grouping, its days, how sure they are, and whether they hold on a day."""

    number: int
    iso3: str
    name: str
    days: MembershipDays
    confidence: str
    holds: bool


@dataclass(frozen=True, slots=True)
class GroupingPage:
    """A grouping with everybody who belongs or belonged to it, by name and then by their days."""

    key: str
    label: str
    lines: tuple[MembershipLine, ...]


def grouping_lines(session: Session, on: date) -> tuple[GroupingLine, ...]:
    """Every grouping that is entered, by its label."""
    belong = (
        select(func.count())
        .where(GroupingMembership.grouping_id == Grouping.id, in_force(on))
        .scalar_subquery()
    )
    rows = session.execute(
        select(Grouping.key, Grouping.label, belong).order_by(Grouping.label, Grouping.key)
    )
    return tuple(GroupingLine(*row) for row in rows)


def grouping_page(session: Session, key: str, on: date) -> GroupingPage:
    """One grouping as it stands on a day; refuses a key that belongs to none."""
    grouping = session.scalars(select(Grouping).where(Grouping.key == key)).one_or_none()
    if grouping is None:
        raise NotFound(phrase("There is no grouping called %(key)s.", key=f"{key!r:.60}"))
    rows = session.execute(
        select(GroupingMembership, in_force(on)).where(
            GroupingMembership.grouping_id == grouping.id
        )
    ).all()
    lines = sorted(
        (_line(row, bool(holds)) for row, holds in rows),
        key=lambda line: (line.name, line.days.since or date.min),
    )
    return GroupingPage(grouping.key, grouping.label, tuple(lines))


def membership_page(session: Session, number: int, on: date) -> tuple[GroupingPage, MembershipLine]:
    """One membership with its grouping as it stands on a day; refuses the number of none."""
    key = session.scalar(
        select(Grouping.key)
        .join(GroupingMembership, GroupingMembership.grouping_id == Grouping.id)
        .where(GroupingMembership.id == number)
    )
    if key is None:
        raise NotFound(phrase("There is no such membership."))
    page = grouping_page(session, key, on)
    return page, next(line for line in page.lines if line.number == number)


def _line(row: GroupingMembership, holds: bool) -> MembershipLine:  # noqa: FBT001
    return MembershipLine(
        number=row.id,
        iso3=row.iso3,
        name=reference().countries[row.iso3].name,
        days=MembershipDays(row.since, row.until, row.to_the_day),
        confidence=row.confidence,
        holds=holds,
    )
