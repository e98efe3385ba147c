"""What the register says of groupings of countries: entered, and who belonged to them when."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, OfHouse, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingMember:
    """A country in a grouping: its letters, its days, and how sure they are."""

    membership: int
    country: str
    since: date | None
    until: date | None
    to_the_day: bool
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingEntered(OfHouse):
    """A grouping was entered, with the countries that a list had in it; by hand it begins with none."""

    event_type: ClassVar = EventType.GROUPING_ENTERED
    grouping: str
    label: str
    members: tuple[GroupingMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMembership(OfHouse):
    """A membership of a country in a grouping; what it was before stands in earlier events."""

    grouping: str
    label: str
    member: GroupingMember
    ground: Annotated[Private, Committed("Where that is said.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEntered(OfMembership):
    """A country was entered in a grouping."""

    event_type: ClassVar = EventType.MEMBERSHIP_ENTERED


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChanged(OfMembership):
    """From when to when a country belongs to a grouping was changed, or how sure that is."""

    event_type: ClassVar = EventType.MEMBERSHIP_CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipStruck(OfMembership):
    """A membership that never was had been entered, and was struck."""

    event_type: ClassVar = EventType.MEMBERSHIP_STRUCK
