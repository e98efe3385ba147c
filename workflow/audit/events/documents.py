"""What is filed with a case: documents and files."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind(Payload):
    """A fact about what was filed under a kind of document; the digest names its bytes."""

    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFiled(OfKind):
    """Somebody filed a new version of a document."""

    event_type: ClassVar = EventType.DOCUMENT_FILED
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFiled(OfKind):
    """Somebody put a file on record."""

    event_type: ClassVar = EventType.ATTACHMENT_FILED
    size: int
    dated: Annotated[
        str | None, Only("only of a paper brought in from elsewhere: the day it bears")
    ] = None
    filename: Annotated[Private, Committed("What the file was called.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRemoved(OfKind):
    """Somebody took a file off; its bytes and its line on the trail stay."""

    event_type: ClassVar = EventType.ATTACHMENT_REMOVED
    filed: Annotated[int | None, Only("not in the oldest events")] = None
