"""What happens as records of one effort come under a programme, and leave it again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Payload, Private, Spelt
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerProposed(Payload):
    """Somebody proposed that a record come under a programme of the same effort."""

    event_type: ClassVar = EventType.RECORD_MERGER_PROPOSED
    into: str
    version: int
    reason: Annotated[Private, Committed("Why the two are one effort.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergerDeclined(Payload):
    """A record does not come under the programme where it was proposed to."""

    event_type: ClassVar = EventType.RECORD_MERGER_DECLINED
    into: str
    version: int
    reason: Annotated[Private, Committed("Why it does not.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSeparated(Payload):
    """A record that was kept under a programme of the same effort lives on by itself again."""

    event_type: ClassVar = EventType.RECORD_SEPARATED
    parent: Annotated[str, Spelt("from")]
    version: int
    reason: Annotated[Private, Committed("Why it is no part of that effort.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTakenIn(Payload):
    """A record of the same effort came under this programme."""

    event_type: ClassVar = EventType.RECORD_TAKEN_IN
    record: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLetGo(Payload):
    """A record that had come under this programme lives on by itself again."""

    event_type: ClassVar = EventType.RECORD_LET_GO
    record: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMerged(Payload):
    """A record was found to be of the same effort as another one, and is kept under that."""

    event_type: ClassVar = EventType.RECORD_MERGED
    into: str
    version: int
    reason: Annotated[Private, Committed("Why the two are one effort.")]
