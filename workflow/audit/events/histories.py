"""What happens to a history itself: it is read, taken away, reviewed, or a text of it is erased."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, Private, Spelt
from workflow.vocabulary import EventType

_ACROSS = Only("only where somebody looked across histories")
_SAMPLE = Only("only where a sample was drawn")
_SEVERAL = Only("only where it was more than this one history")


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRead(Payload):
    """An auditor read this history, or somebody looked across many."""

    event_type: ClassVar = EventType.HISTORY_READ
    scope: Annotated[str | None, _ACROSS] = None
    query: Annotated[str | None, _ACROSS] = None
    seed: Annotated[str | None, _SAMPLE] = None
    drawn: Annotated[int | None, _SAMPLE] = None
    population: Annotated[int | None, _SAMPLE] = None
    fingerprint: Annotated[str | None, _SAMPLE] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryExported(Payload):
    """Somebody took a copy of this history away, or of several at once."""

    event_type: ClassVar = EventType.HISTORY_EXPORTED
    form: Annotated[str | None, _SEVERAL] = None
    cases: Annotated[int | None, _SEVERAL] = None
    pseudonymous: Annotated[bool | None, _SEVERAL] = None
    query: Annotated[str | None, Only("only where lines were chosen by a search")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReviewed(Payload):
    """An auditor marked an event, or a history up to one, as reviewed."""

    event_type: ClassVar = EventType.HISTORY_REVIEWED
    covers: str
    seq: int
    sample: str
    note: Annotated[Private, Committed("What the auditor remarked.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextErased(Payload):
    """Private texts of an earlier event were erased, or erased again after a restore."""

    event_type: ClassVar = EventType.TEXT_ERASED
    event: int
    hash: str
    names: Annotated[tuple[str, ...], Spelt("fields")]
    first: Annotated[datetime | None, Only("only where a restore had brought them back")] = None
    basis: Annotated[Private, Committed("Under which rule they were erased.")]
