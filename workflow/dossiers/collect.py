"""What a dossier is made of, as the tables hold it: the case, its events, its texts, its papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import read_event
from workflow.audit.events.cases import CaseMigrated, CaseOpened, ProgrammePlaced
from workflow.audit.events.documents import AttachmentFiled, DocumentFiled
from workflow.audit.events.payload import opaque
from workflow.audit.models import Event, Opening
from workflow.engine.document_models import Document
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.phrase import phrase
from workflow.tlog.store.models import LogEntry

BATCH = 500


@dataclass(frozen=True, slots=True)
class DossierRequest:
    """A dossier that is asked for.

    `person` is whose rights it is made with, or nobody's where whoever runs the installation asks.
    One that is `bare` leaves private texts and papers out; `since` is the size of a checkpoint
    that the auditor kept.
    """

    ref: str
    person: int | None
    bare: bool = False
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """One event: its bytes, and its place in the log where it has one."""

    seq: int
    hash: bytes
    body: bytes
    index: int | None


@dataclass(slots=True)
class Named:
    """What the events of a case refer to: digests of lifecycles, of texts and of files."""

    definitions: dict[str, int]
    documents: dict[str, int]
    files: dict[str, int]

    def hear(self, event: Exact) -> None:
        """Take in what one event refers to."""
        match read_event(event.body).what:
            case (
                CaseOpened(definition=digest)
                | ProgrammePlaced(definition=digest)
                | CaseMigrated(definition=digest)
            ):
                self.definitions.setdefault(digest, event.seq)
            case DocumentFiled(digest=digest):
                self.documents.setdefault(digest, event.seq)
            case AttachmentFiled(digest=digest):
                self.files.setdefault(digest, event.seq)

    @classmethod
    def nothing(cls) -> "Named":
        """Before any event was heard."""
        return cls({}, {}, {})


def requested_case(session: Session, request: DossierRequest, now: datetime) -> LifecycleCase:
    """The case that a dossier is asked of; refuses one that the person may not know of."""
    if request.person is not None:
        return known_case(session, request.ref, request.person, now)
    found = select(LifecycleCase).where(LifecycleCase.ref == request.ref)
    case = session.scalars(found).one_or_none() if request.ref.isprintable() else None
    if case is None:
        raise NotFound(phrase("There is no history called %(ref)s.", ref=request.ref))
    return case


def exact_events(session: Session, case: LifecycleCase) -> Iterator[Exact]:
    """The events up to the head of the case's chain, the oldest first, some at a time."""
    found = (
        select(Event.seq, Event.hash, Event.body, LogEntry.log_index)
        .outerjoin(LogEntry, LogEntry.event_id == Event.id)
        .where(Event.case_id == case.id, Event.seq <= case.head_seq)
        .order_by(Event.seq)
        .execution_options(yield_per=BATCH)
    )
    for seq, link, body, index in session.execute(found):
        yield Exact(seq, link, body, index)


def last_index(session: Session, case: LifecycleCase) -> int:
    """The last place that an event of the case has in the log; below nought where none has one."""
    found = (
        select(func.max(LogEntry.log_index))
        .join(Event, Event.id == LogEntry.event_id)
        .where(Event.case_id == case.id, Event.seq <= case.head_seq)
    )
    index = session.scalar(found)
    return -1 if index is None else index


def openings(session: Session, case: LifecycleCase) -> dict[str, dict[str, list[str]]]:
    """What opens the commitments of the case, for each event: salt and value of each text."""
    found = (
        select(Event.seq, Opening.field, Opening.salt, Opening.value)
        .join(Event, Event.id == Opening.event_id)
        .where(Event.case_id == case.id, Event.seq <= case.head_seq)
    )
    opened: dict[str, dict[str, list[str]]] = {}
    found = found.order_by(Event.seq, Opening.field)
    for seq, field, salt, value in session.execute(found):
        opened.setdefault(str(seq), {})[field] = [salt, normalize("NFC", value)]
    return opened


def lifecycle(session: Session, digest: str) -> bytes | None:
    """The bytes of a published lifecycle."""
    found = select(DefinitionVersion.body).where(DefinitionVersion.digest == digest)
    return session.scalars(found).one_or_none()


def document(session: Session, case: LifecycleCase, digest: str) -> bytes | None:
    """The bytes of a filed version of a document."""
    found = select(Document.body).where(Document.case_id == case.id, Document.digest == digest)
    return session.scalars(found.limit(1)).one_or_none()


def holder(request: DossierRequest) -> str | None:
    """For whom a dossier is made, by the id under which the trail knows them."""
    return opaque(request.person)
