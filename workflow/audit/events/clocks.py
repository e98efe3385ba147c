"""What the register tells of clocks: one that nobody could trust, and who said that it is right."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.audit.events.payload import Payload
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAClock(Payload):
    """A fact about a clock that said one thing where it should have said another."""

    kind: str
    clock: datetime
    expected: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDoubted(OfAClock):
    """A clock was doubted, and nothing was decided by it from then on."""

    event_type: ClassVar = EventType.CLOCK_DOUBTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockConfirmed(OfAClock):
    """Somebody confirmed that a clock in doubt was right."""

    event_type: ClassVar = EventType.CLOCK_CONFIRMED
