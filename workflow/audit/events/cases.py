"""What happens to a case as a whole: it begins, moves, and parties take part in it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, Private, Spelt
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class InState(Payload):
    """A fact after which the case stands in this state."""

    state: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(InState):
    """Somebody began the case for a party, on the lifecycle that this digest names."""

    event_type: ClassVar = EventType.CASE_OPENED
    ref: str
    subject: str
    definition: str
    proposer: str
    version: int
    title: Annotated[Private, Committed("What the case was called when it began.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRecord(InState):
    """What a record that was begun elsewhere says; `row` is the digest of all of it."""

    external_key: str
    source: str
    confidence: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeImported(FromRecord):
    """A programme that was begun elsewhere was brought in where its record puts it."""

    event_type: ClassVar = EventType.PROGRAMME_IMPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRevised(FromRecord):
    """A newer record brought an imported programme up to date in these columns."""

    event_type: ClassVar = EventType.IMPORT_REVISED
    was: str
    columns: tuple[str, ...]
    version: Annotated[int | None, Only("not in the oldest events")] = None
    changes: Annotated[Private, Committed("What each of the columns said before and says now.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMerged(Payload):
    """A record was found to be of the same effort as another one, and is kept under that."""

    event_type: ClassVar = EventType.RECORD_MERGED
    into: str
    version: int
    reason: Annotated[Private, Committed("Why the two are one effort.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAccepted(Payload):
    """An officer accepted what a later file says of a programme that has moved on here."""

    event_type: ClassVar = EventType.SOURCE_ACCEPTED
    external_key: str
    source: str
    confidence: str
    row: str
    was: str
    columns: tuple[str, ...]
    version: int
    changes: Annotated[Private, Committed("What each of the columns said before and says now.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDeclined(Payload):
    """An officer declined what a later file says of a programme that has moved on here."""

    event_type: ClassVar = EventType.SOURCE_DECLINED
    external_key: str
    row: str
    columns: tuple[str, ...]
    reason: Annotated[Private, Committed("Why it was declined.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """Party with its part in a case."""

    capacity: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePlaced(InState):
    """Somebody proposed in which state a record would live on, on which lifecycle and with whom."""

    event_type: ClassVar = EventType.PROGRAMME_PLACED
    definition: str
    parties: tuple[TakingPart, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEntered(InState):
    """The case moved on, because this round settled with this outcome."""

    event_type: ClassVar = EventType.STATE_ENTERED
    before: Annotated[str, Spelt("from")]
    state: Annotated[str, Spelt("to")]
    round: str
    outcome: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FootingChanged(Payload):
    """What was begun elsewhere is managed here from now on, kept as a record only, or on record again."""

    event_type: ClassVar = EventType.FOOTING_CHANGED
    footing: str
    round: str
    outcome: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InCapacity(Payload):
    """The part of a party in the case."""

    party: str
    capacity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyJoined(InCapacity):
    """A party took a part in the case."""

    event_type: ClassVar = EventType.PARTY_JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLeft(InCapacity):
    """A party gave up its part in the case."""

    event_type: ClassVar = EventType.PARTY_LEFT
