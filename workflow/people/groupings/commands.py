"""Groupings entered and changed by the office: each act is told on the register."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.countries.groupings import (
    GroupingEntered,
    GroupingMember,
    MembershipChanged,
    MembershipEntered,
    MembershipStruck,
)
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_line, kept_prose
from workflow.people.groupings.days import MembershipDays
from workflow.people.groupings.listed import HIGH, ListedMember, labels, listed_members
from workflow.people.groupings.models import Grouping, GroupingMembership
from workflow.people.register import claim_register, registered
from workflow.phrase import Phrase, phrase, together
from workflow.reference import reference

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
CONFIDENCE = (HIGH, "medium", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipWish:
    """A membership as somebody enters it: which days, how sure, and where that is said."""

    days: MembershipDays
    ground: str
    confidence: str = HIGH


def enter_grouping(session: Session, key: str, label: str, *, by: int | None, now: datetime) -> int:
    """Enter a grouping without members and return its id; refuses a key that is taken."""
    key = key.strip()
    claim_register(session)
    faults: dict[str, Phrase] = {}
    if not KEY.fullmatch(key):
        faults["key"] = phrase(
            "A key has 2 to 40 small letters, digits and hyphens, and begins with a letter."
        )
    elif session.scalar(select(Grouping.id).where(Grouping.key == key)):
        faults["key"] = phrase("A grouping called %(key)s is entered already.", key=key)
    label = kept_line(label, "label")
    if not label:
        faults["label"] = phrase("Say what it is called.")
    _refuse(faults)
    return _entered(session, key, label, (), by, now).id


def take_in_groupings(session: Session, *, by: int | None, now: datetime) -> tuple[str, ...]:
    """Enter every grouping of the reference list that is not there yet; return their keys."""
    claim_register(session)
    known = set(session.scalars(select(Grouping.key)))
    taken = [key for key in labels() if key not in known]
    for key in taken:
        _entered(session, key, labels()[key], listed_members(key), by, now)
    return tuple(taken)


def enter_membership(
    session: Session, key: str, country: str, wish: MembershipWish, *, by: int | None, now: datetime
) -> int:
    """Enter a country in a grouping and return the number of the membership.

    Refuses what is no country, days on which it belongs already, and one without grounds.
    """
    grouping, iso3 = grouping_called(session, key), country.strip().upper()
    if iso3 not in reference().countries:
        said = phrase("%(country)s is not a country.", country=f"{country!r:.40}")
        raise Invalid(said, {"country": said})
    ground = _sound(session, grouping, iso3, wish, None)
    made = _row(grouping, ListedMember(iso3, wish.days, wish.confidence))
    session.add(made)
    session.flush()
    told = MembershipEntered(**_named(grouping), member=_told(made), ground=ground)
    registered(session, Fact(told, by, now))
    return made.id


def change_membership(
    session: Session, membership: int, wish: MembershipWish, *, by: int | None, now: datetime
) -> None:
    """Change from when to when a country belongs to a grouping; so does a membership end."""
    row, grouping = _membership(session, membership)
    ground = _sound(session, grouping, row.iso3, wish, row.id)
    row.since, row.until = wish.days.since, wish.days.until
    row.to_the_day, row.confidence = wish.days.to_the_day, wish.confidence
    session.flush()
    told = MembershipChanged(**_named(grouping), member=_told(row), ground=ground)
    registered(session, Fact(told, by, now))


def strike_membership(
    session: Session, membership: int, ground: str, *, by: int | None, now: datetime
) -> None:
    """Strike a membership that never was; one that was gets a last day instead."""
    row, grouping = _membership(session, membership)
    ground = _grounds(ground)
    told = MembershipStruck(**_named(grouping), member=_told(row), ground=ground)
    session.delete(row)
    session.flush()
    registered(session, Fact(told, by, now))


def grouping_called(session: Session, key: str) -> Grouping:
    """The grouping called `key`, locked; refuses a key that belongs to none."""
    found = session.scalars(
        select(Grouping).where(Grouping.key == key).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound(phrase("There is no grouping called %(key)s.", key=f"{key!r:.60}"))
    return found


def _entered(
    session: Session,
    key: str,
    label: str,
    listed: tuple[ListedMember, ...],
    by: int | None,
    now: datetime,
) -> Grouping:
    made = Grouping(key=key, label=label)
    session.add(made)
    session.flush()
    rows = [_row(made, each) for each in listed]
    session.add_all(rows)
    session.flush()
    told = GroupingEntered(grouping=key, label=label, members=tuple(map(_told, rows)))
    registered(session, Fact(told, by, now))
    return made


def _row(grouping: Grouping, member: ListedMember) -> GroupingMembership:
    return GroupingMembership(
        grouping_id=grouping.id,
        iso3=member.iso3,
        since=member.days.since,
        until=member.days.until,
        to_the_day=member.days.to_the_day,
        confidence=member.confidence,
    )


def _named(grouping: Grouping) -> dict[str, str]:
    return {"grouping": grouping.key, "label": grouping.label}


def _told(row: GroupingMembership) -> GroupingMember:
    return GroupingMember(
        membership=row.id,
        country=row.iso3,
        since=row.since,
        until=row.until,
        to_the_day=row.to_the_day,
        confidence=row.confidence,
    )


def _membership(session: Session, number: int) -> tuple[GroupingMembership, Grouping]:
    """A membership with its grouping, which is locked, so that two changes come one by one."""
    row = session.get(GroupingMembership, number)
    if row is None:
        raise NotFound(phrase("There is no such membership."))
    grouping = session.get_one(Grouping, row.grouping_id, with_for_update=True)
    session.refresh(row)
    return row, grouping


def _sound(
    session: Session, grouping: Grouping, iso3: str, wish: MembershipWish, but: int | None
) -> str:
    """The grounds of the wish; refuses days on which the country belongs to the grouping otherwise."""
    if wish.confidence not in CONFIDENCE:
        said = phrase("How sure it is is one of %(all)s.", all=", ".join(CONFIDENCE))
        raise Invalid(said, {"confidence": said})
    rows = select(GroupingMembership).where(
        GroupingMembership.grouping_id == grouping.id, GroupingMembership.iso3 == iso3
    )
    for other in session.scalars(rows):
        days = MembershipDays(other.since, other.until, other.to_the_day)
        if other.id != but and days.overlaps(wish.days):
            said = phrase(
                "%(country)s belongs to %(grouping)s on some of these days already; change that instead.",
                country=reference().countries[iso3].name,
                grouping=grouping.label,
            )
            raise Invalid(said, {"since": said})
    return _grounds(wish.ground)


def _grounds(ground: str) -> str:
    ground = kept_prose(ground, "ground")
    if not ground:
        said = phrase("Say where that is said.")
        raise Invalid(said, {"ground": said})
    return ground


def _refuse(faults: dict[str, Phrase]) -> None:
    if faults:
        raise Invalid(together(faults.values()), faults)
