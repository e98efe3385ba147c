"""Letters of the house: what wordings are seen on, and letters of appointment as files with who may read them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentLetterFiled
from workflow.engine.document_models import Attachment
from workflow.engine.documents.file_store import File
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.offices import offices, party_key
from workflow.engine.permissions.visibility import known_to_all
from workflow.errors import NotFound
from workflow.notices.models import Notice
from workflow.notices.queries import NoticeLine, by_ids
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.appointments import APART
from workflow.people.models import Appointment
from workflow.people.register import claim_register, registered
from workflow.people.sittings import sitting_key
from workflow.phrase import phrase
from workflow.vocabulary import LETTER_OF

NO_LETTER = phrase("There is no such letter here.")


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter of appointment that was filed; its bytes lie by digest."""

    id: int
    filename: str
    media_type: str
    size: int
    digest: str
    filed_at: datetime


def file_letter(session: Session, appointment: int, file: File, *, by: int, now: datetime) -> int:
    """Put the letter of an appointment on record, and tell its digest on the register; returns its number.

    The same bytes under the same name, sent again, are that letter already. Refuses whoever is no
    administrator. What was filed stays.
    """
    refuse_all_but_administrators(session, by, now)
    held = session.get(Appointment, appointment)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    register = claim_register(session).case_id
    for each in letters_of(session, appointment):
        if (each.digest, each.filename) == (file.digest, file.filename):
            return each.id
    told = AppointmentLetterFiled(
        appointment=held.id,
        holder=held.person_id,
        role=held.role,
        party=party_key(session, held.party_id),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        body=sitting_key(session, held.body_id),
        digest=file.digest,
        size=file.size,
        filename=file.filename,
    )
    written = registered(session, Fact(told, by, now))
    kept = insert(Attachment).values(
        case_id=register,
        kind=f"{LETTER_OF}{held.id}",
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        person_id=by,
        filed_at=written.at,
        event_seq=written.seq,
    )
    return session.execute(kept.returning(Attachment.id)).scalar_one()


def letters_of(session: Session, appointment: int) -> tuple[LetterFile, ...]:
    """The letters that were filed of an appointment, the first one first."""
    filed = select(*_LETTER).where(Attachment.kind == f"{LETTER_OF}{appointment}")
    return tuple(LetterFile(*row) for row in session.execute(filed.order_by(Attachment.id)))


def readable_letters(
    session: Session, holder: int, person: int, today: date
) -> dict[int, tuple[LetterFile, ...]]:
    """The letters of somebody's appointments, by appointment, as far as this person may read them."""
    if not may_read(_roles(session, person, today), person, holder):
        return {}
    held = session.scalars(select(Appointment.id).where(Appointment.person_id == holder)).all()
    kinds = {f"{LETTER_OF}{number}": number for number in held}
    filed = select(*_LETTER, Attachment.kind).where(Attachment.kind.in_(sorted(kinds)))
    found: dict[int, tuple[LetterFile, ...]] = {}
    for row in session.execute(filed.order_by(Attachment.id)):
        number = kinds[row.kind]
        found[number] = (*found.get(number, ()), LetterFile(*row[:6]))
    return found


def readable_letter(session: Session, number: int, person: int, today: date) -> LetterFile:
    """The letter with this number; whoever may not read it is told that there is none."""
    row = session.execute(
        select(*_LETTER, Attachment.kind).where(
            Attachment.id == number, Attachment.kind.startswith(LETTER_OF)
        )
    ).first()
    holder = None
    if row is not None:
        of = int(row.kind.removeprefix(LETTER_OF))
        holder = session.scalar(select(Appointment.person_id).where(Appointment.id == of))
    if row is None or not may_read(_roles(session, person, today), person, holder):
        raise NotFound(NO_LETTER)
    return LetterFile(*row[:6])


def may_read(roles: Collection[str], person: int, holder: int | None) -> bool:
    """Whether a letter of appointment is open to somebody: to auditors, administrators, and whose it is."""
    return person == holder or not set(roles).isdisjoint(APART)


_LETTER = (
    Attachment.id, Attachment.filename, Attachment.media_type, Attachment.size, Attachment.digest,
    Attachment.filed_at,
)  # fmt: skip


def _roles(session: Session, person: int, today: date) -> Collection[str]:
    return {office.role for office in offices(session, person, today)}


OUTCOME = "…"
LOOKED_THROUGH = 200


def sample(session: Session, kind: NoticeKind) -> NoticeLine | None:
    """The newest notice of a kind about a programme that everybody may know of, if there is one.

    What came of the round is left out: it may be open to those alone who take part.
    """
    newest = select(Notice.id, Notice.case_id).where(Notice.kind == kind.value)
    rows = session.execute(newest.order_by(Notice.id.desc()).limit(LOOKED_THROUGH)).all()
    cases = {row.case_id for row in rows}
    open_ = set(
        session.scalars(select(LifecycleCase.id).where(LifecycleCase.id.in_(cases), known_to_all()))
    )
    found = next((row.id for row in rows if row.case_id in open_), None)
    return None if found is None else replace(by_ids(session, [found])[0], outcome=OUTCOME)


def unsent(kind: NoticeKind) -> NoticeLine:
    """A notice that says nothing but its own placeholders, for a kind of which none was sent."""
    return NoticeLine(
        id=0,
        kind=kind.value,
        ref="{ref}",
        title="{title}",
        label="{label}",
        outcome="{outcome}",
        because=Because.HOLDER.value,
        role="{role}",
        party="{party}",
        seat=None,
        due_at=None,
        created_at=datetime.fromtimestamp(0, UTC),
        read_at=None,
    )
