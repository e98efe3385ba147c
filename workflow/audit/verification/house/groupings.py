"""Groupings and who belongs to them, as the tables say and as the register tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.countries.groupings import (
    GroupingEntered,
    GroupingMember,
    MembershipChanged,
    MembershipEntered,
    MembershipStruck,
    OfMembership,
)
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import grouping_name, membership_name
from workflow.audit.verification.tables import GROUPINGS, MEMBERSHIPS

_MEMBERSHIP = select(MEMBERSHIPS, GROUPINGS.c.key.label("grouping")).outerjoin(
    GROUPINGS, GROUPINGS.c.id == MEMBERSHIPS.c.grouping_id
)


def groupings(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every grouping, and every membership in one."""
    for row in connection.execute(select(GROUPINGS)).mappings():
        yield grouping_name(row["key"]), dict(row)
    for row in connection.execute(_MEMBERSHIP).mappings():
        days = {day: row[day] and row[day].isoformat() for day in ("since", "until")}
        yield membership_name(row["id"]), {**row, **days}


def _entered(story: ExpectedRows, _told: ToldEvent, what: GroupingEntered) -> None:
    story.things[grouping_name(what.grouping)] = {"label": what.label}
    for each in what.members:
        _stands(story, what.grouping, each)


def _membership(story: ExpectedRows, _told: ToldEvent, what: OfMembership) -> None:
    _stands(story, what.grouping, what.member)


def _struck(story: ExpectedRows, _told: ToldEvent, what: MembershipStruck) -> None:
    story.things.pop(membership_name(what.member.membership), None)


def _stands(story: ExpectedRows, grouping: str, member: GroupingMember) -> None:
    story.things[membership_name(member.membership)] = {
        "grouping": grouping,
        "iso3": member.country,
        "since": member.since and member.since.isoformat(),
        "until": member.until and member.until.isoformat(),
        "to_the_day": member.to_the_day,
        "confidence": member.confidence,
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    GroupingEntered: _entered,
    MembershipEntered: _membership,
    MembershipChanged: _membership,
    MembershipStruck: _struck,
}
