"""What the register says of the house: who holds which office, and what pivotal countries said."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import (
    Committed,
    OfHouse,
    Only,
    Payload,
    PersonId,
    Private,
    Spelt,
)
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed(OfHouse):
    """An appointment of a person to a role of a party; both days are included."""

    appointment: int
    holder: Annotated[PersonId, Spelt("of")]
    role: str
    party: str
    starts_on: date
    ends_on: date | None
    body: Annotated[
        str | None, Only("only of an office on one board or committee: on which one it counts")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTied(Appointed):
    """An appointment that counted wherever its party sits was tied to one board or committee."""

    event_type: ClassVar = EventType.APPOINTMENT_TIED


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLetterFiled(Appointed):
    """The letter of an appointment was put on record as a file; the digest names its bytes."""

    event_type: ClassVar = EventType.APPOINTMENT_LETTER_FILED
    digest: str
    size: int
    filename: Annotated[Private, Committed("What the file was called.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLetterWithdrawn(Appointed):
    """A letter of an appointment was filed by mistake and taken back; its bytes stay for auditors."""

    event_type: ClassVar = EventType.APPOINTMENT_LETTER_WITHDRAWN
    filed: int
    digest: str
    reason: Annotated[Private, Committed("Why it was taken back.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMade(Appointed):
    """Somebody was appointed."""

    event_type: ClassVar = EventType.APPOINTMENT_MADE
    name: Annotated[Private, Committed("What whoever was appointed is called.")]
    letter: Annotated[Private, Committed("The letter of appointment, by its reference.")] = ""
    email: Annotated[Private, Committed("The address they sign in with.")] = ""
    alone: Annotated[
        bool, Only("only where an administrator made it and there was no second one to see it")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded(Appointed):
    """An appointment was brought to its end."""

    event_type: ClassVar = EventType.APPOINTMENT_ENDED
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentExtended(Appointed):
    """An appointment lasts longer than it would have; without a last day it is open."""

    event_type: ClassVar = EventType.APPOINTMENT_EXTENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentHandedOver(Appointed):
    """What an appointment left open was handed over to a successor in the same office."""

    event_type: ClassVar = EventType.APPOINTMENT_HANDED_OVER
    successor: Annotated[PersonId, Spelt("to")]
    under: int
    seats: int
    reason: Annotated[Private, Committed("Why it was handed over.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandated(Payload):
    """A mandate: the holder of an office lets a delegate answer for it."""

    mandate: int
    appointment: int
    holder: Annotated[PersonId, Spelt("of")]
    delegate: Annotated[PersonId, Spelt("to")]
    role: str
    party: str
    starts_on: date
    ends_on: date
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGranted(Mandated):
    """The holder of an office let somebody else answer for it."""

    event_type: ClassVar = EventType.MANDATE_GRANTED
    reason: Annotated[Private, Committed("Why the mandate was given.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRevoked(Mandated):
    """A mandate was taken back."""

    event_type: ClassVar = EventType.MANDATE_REVOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRegistered(OfHouse):
    """A pivotal country named an area in which it wants to lead, or to support others that lead."""

    event_type: ClassVar = EventType.INTEREST_REGISTERED
    party: str
    area: str
    on: date
    note: Annotated[Private, Committed("What the country said about it.", always=True)]
    supports: Annotated[bool, Only("only where it supports others there and does not lead")] = False
    until: Annotated[date | None, Only("only where it holds up to a day, which is included")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotalDesignated(OfHouse):
    """A country was named as pivotal."""

    event_type: ClassVar = EventType.PIVOTAL_DESIGNATED
    party: str
    since: date
    evidence: Annotated[Private, Committed("Where the country is named as pivotal.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotalEnded(OfHouse):
    """A country ceases to be pivotal after a day."""

    event_type: ClassVar = EventType.PIVOTAL_ENDED
    party: str
    since: date
    until: date
    ground: Annotated[Private, Committed("Where it is said that the country ceases to be pivotal.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestAsked(OfHouse):
    """A pivotal country was asked whether it wants to lead in an area."""

    event_type: ClassVar = EventType.INTEREST_ASKED
    party: str
    area: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclined(OfHouse):
    """A pivotal country answered that it does not want to lead in an area, or not now."""

    event_type: ClassVar = EventType.INTEREST_DECLINED
    party: str
    area: str
    answer: str
    on: date
    note: Annotated[Private, Committed("What the country said about it.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestEnded(OfHouse):
    """A pivotal country gave notice: it leads or supports in an area up to a day, which is included."""

    event_type: ClassVar = EventType.INTEREST_ENDED
    party: str
    area: str
    until: date
