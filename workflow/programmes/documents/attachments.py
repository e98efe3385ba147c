"""The files of a programme's documents, as pages list them and hand them out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.document_models import Attachment
from workflow.engine.documents import sendings
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Person
from workflow.phrase import phrase
from workflow.programmes.visible_case import VisibleCase

# What the column of an id can hold; the database would fail on a larger number.
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file on record, and who filed it when; one brought in from elsewhere bears a day of its own."""

    id: int
    kind: str
    filename: str
    media_type: str
    size: int
    digest: str
    person: str
    filed_at: datetime
    seq: int
    dated: date | None = None


def companions(definition: Definition, kind: DocumentKind) -> tuple[DocumentKind, ...]:
    """The kinds that take files beside this document: itself, and letters decided on with it."""
    texts = [spec.text for spec in definition.rounds.values() if kind.key in spec.text]
    beside = (
        each
        for each in definition.documents.values()
        if not each.sections
        and each.written_by == kind.written_by
        and any(each.key in text for text in texts)
    )
    own = (kind,) if kind.attach else ()
    return tuple(dict.fromkeys([*beside, *own]))


def attached(
    session: Session, case: VisibleCase, kinds: Collection[str]
) -> tuple[AttachedFile, ...]:
    """The standing files of these kinds that the person may read, in the order of filing."""
    asked = {"case_id": case.id, "kinds": [*kinds]}
    files = (AttachedFile(*row) for row in session.connection().execute(_STANDING, asked))
    return tuple(each for each in files if case.sight.paper(each.kind, each.seq, None))


def one_attached(session: Session, case: VisibleCase, attachment: int) -> AttachedFile:
    """One file of the programme, removed ones too: what was once decided on can still be read.

    A file that the person may not read is told from none that there is by nothing.
    """
    known = attachment <= LARGEST_ID
    asked = {"case_id": case.id, "attachment": attachment}
    row = session.connection().execute(_ONE, asked).first() if known else None
    if row is None:
        raise NotFound(phrase("There is no such file here."))
    file = AttachedFile(*row)
    gone = sendings.taken_off(session, case.id, file.seq, file.digest)
    if not case.sight.paper(file.kind, file.seq, gone):
        raise NotFound(phrase("There is no such file here."))
    return file


_FILES: Select[int, str, str, str, int, str, str, datetime, int, date | None] = (
    select(
        Attachment.id, Attachment.kind, Attachment.filename, Attachment.media_type,
        Attachment.size, Attachment.digest, Person.name, Attachment.filed_at,
        Attachment.event_seq, Attachment.dated,
    )
    .join(Person, Person.id == Attachment.person_id)
    .where(Attachment.case_id == bindparam("case_id"))
)  # fmt: skip
_ONE = _FILES.where(Attachment.id == bindparam("attachment"))
_STANDING = _FILES.where(
    Attachment.kind.in_(bindparam("kinds", expanding=True)), Attachment.removed_at.is_(None)
).order_by(Attachment.id)
