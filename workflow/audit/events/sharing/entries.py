"""What the register says of solutions, institutions and experts that countries share, and trails of their use."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, OfHouse, Only, Payload, PersonId, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSharing(OfHouse):
    """An act on an entry of what countries share: its number, what it is, and whose."""

    entry: int
    kind: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfWording(OfSharing):
    """An act on one wording of an entry, by its number there."""

    wording: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingWorded(OfWording):
    """An entry was worded, or worded anew; it waits for a second person."""

    event_type: ClassVar = EventType.SHARING_WORDED
    content: Annotated[Private, Committed("What the entry says.", always=True)]
    consented_on: Annotated[
        date | None, Only("only with a consent of the expert: the day on which it was given")
    ] = None
    consented_until: Annotated[
        date | None, Only("only with a consent of the expert: its last day")
    ] = None
    consented_files: Annotated[
        bool, Only("only where the expert agreed to stand in files to be taken away as well")
    ] = False
    consent: Annotated[Private, Committed("What the expert consented to, in which words.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingConfirmed(OfWording):
    """A second person confirmed a wording: the entry is listed with it up to a day."""

    event_type: ClassVar = EventType.SHARING_CONFIRMED
    asked_by: PersonId
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingDeclined(OfWording):
    """A second person declined a wording; what was listed before stays as it was."""

    event_type: ClassVar = EventType.SHARING_DECLINED
    asked_by: PersonId
    reason: Annotated[Private, Committed("Why it was declined.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingQuestioned(OfSharing):
    """The country was asked whether an entry still holds; unanswered it lapses after a day."""

    event_type: ClassVar = EventType.SHARING_QUESTIONED
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingKept(OfSharing):
    """The country said that an entry still holds; it is listed up to a later day."""

    event_type: ClassVar = EventType.SHARING_KEPT
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLapsed(OfSharing):
    """Nobody said in time that an entry still holds, so it is listed no more."""

    event_type: ClassVar = EventType.SHARING_LAPSED
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingWithdrawn(OfSharing):
    """An entry was withdrawn for good; what it said is erased with it."""

    event_type: ClassVar = EventType.SHARING_WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class OfUse(Payload):
    """The use of what a country shares in a programme: the number of the entry, and what it is."""

    entry: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingUsed(OfUse):
    """Somebody who takes part said that the programme uses what a country shares."""

    event_type: ClassVar = EventType.SHARING_USED


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingUnused(OfUse):
    """Somebody who takes part took back that the programme uses it."""

    event_type: ClassVar = EventType.SHARING_UNUSED
