"""What the log says of itself on the register: its keys, and where every history ended."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Only, Payload
from workflow.vocabulary import EventType

_FOLLOWS = Only("only of a key that follows another")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftLog:
    """Log that was left: its origin, size and root at its last checkpoint."""

    origin: str
    size: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsStated(Payload):
    """Where the history of every case ended at one size of the log was stated as one root."""

    event_type: ClassVar = EventType.HEADS_STATED
    day: Annotated[date | None, Only("not in the oldest events")] = None
    size: int
    cases: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIntroduced(Payload):
    """A key of the log was introduced: the first of its origin, or one that follows another."""

    event_type: ClassVar = EventType.KEY_INTRODUCED
    origin: str
    verifier: str
    first: int
    after: Annotated[LeftLog | None, Only("only of the first key after a log was left")] = None
    replaces: Annotated[str | None, _FOLLOWS] = None
    last: Annotated[int | None, _FOLLOWS] = None
    note: Annotated[str | None, _FOLLOWS] = None
