"""What the register says of parties, of the bodies they sit on, and of frameworks and funds."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, OfHouse, Only, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDescribed(OfHouse):
    """A party was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.PARTY_DESCRIBED
    party: str
    kind: str
    name: str
    executes: bool
    gives: bool
    languages: str
    contact: Annotated[Private, Committed("Whom to turn to at the party.", always=True)]
    came: Annotated[
        str,
        Only("only of a party that came with something else: `import`, `proposal` or `placing`"),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSet(OfHouse):
    """A party's working week and days of rest were set, in force from a day on."""

    event_type: ClassVar = EventType.CALENDAR_SET
    party: str
    calendar: int
    since: date
    weekend: tuple[str, ...]
    zone: str
    source: str
    edition: str
    through: date | None
    closed: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWorded(OfHouse):
    """How letters of one kind are worded in one language was kept, as a version."""

    event_type: ClassVar = EventType.LETTER_WORDED
    kind: str
    language: str
    version: int
    subject: Annotated[Private, Committed("The subject of the letters.", always=True)]
    body: Annotated[Private, Committed("The words of the letters.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDescribed(OfHouse):
    """A body was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.BODY_DESCRIBED
    body: str
    kind: str
    name: str
    quorum: int
    by_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnABody(OfHouse):
    """A seat on a body: of a party, in a category, as chair, deputy or member."""

    body: str
    seat: int
    party: str
    place: str
    category: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySeated(OnABody):
    """A party was given a seat on a body."""

    event_type: ClassVar = EventType.BODY_SEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySeatEnded(OnABody):
    """A seat on a body was brought to its end."""

    event_type: ClassVar = EventType.BODY_SEAT_ENDED
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyConvened(OfHouse):
    """A session of a body was called."""

    event_type: ClassVar = EventType.BODY_CONVENED
    body: str
    session: int
    starts_on: date
    ends_on: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDescribed(OfHouse):
    """A framework or a fund was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.FRAMEWORK_DESCRIBED
    framework: str
    kind: str
    title: str
    symbol: str
    starts_on: date
    ends_on: date | None
    areas: tuple[str, ...]
    currency: str
    envelope: str
    body: str
    appraisal: Annotated[
        str | None, Only("only where it has an appraisal committee of its own")
    ] = None
    steering: Annotated[str | None, Only("only where it has a steering committee of its own")] = (
        None
    )
