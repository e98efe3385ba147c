"""What is filed with a case: documents and files."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, PersonId, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfKind(Payload):
    """A fact about what was filed under a kind of document; the digest names its bytes."""

    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFiled(OfKind):
    """Somebody filed a new version of a document, or a case begins with what a row says in the one above."""

    event_type: ClassVar = EventType.DOCUMENT_FILED
    version: int
    carried_from: Annotated[
        str | None, Only("only of what a case begins with: the document above in which it stands")
    ] = None
    carried_version: Annotated[
        int | None, Only("only of what a case begins with: which version of that document")
    ] = None
    writer: Annotated[
        PersonId | None, Only("only of what a case begins with: who had filed that version")
    ] = None


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
