"""Letters of the house: what wordings are seen on, and letters of appointment as files with who may read them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentLetterFiled, AppointmentLetterWithdrawn
from workflow.engine.document_models import Attachment
from workflow.engine.documents.file_store import File
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.offices import offices, party_key
from workflow.engine.permissions.visibility import known_to_all
from workflow.errors import Invalid, NotFound
from workflow.free_text import reason as kept
from workflow.notices.models import Notice
from workflow.notices.queries import NoticeLine, by_ids
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.appointments import APART, is_auditor
from workflow.people.models import Appointment
from workflow.people.register import claim_register, registered
from workflow.people.sittings import sitting_key
from workflow.phrase import phrase
from workflow.vocabulary import LETTER_OF, REGISTER

NO_LETTER = phrase("There is no such letter here.")


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter of appointment that was filed; its bytes lie by digest, also where it was withdrawn."""

    id: int
    filename: str
    media_type: str
    size: int
    digest: str
    filed_at: datetime
    withdrawn_at: datetime | None = None


def file_letter(session: Session, appointment: int, file: File, *, by: int, now: datetime) -> int:
    """Put the letter of an appointment on record, and tell its digest on the register; returns its number.

    The same bytes under the same name, sent again, are that letter already, unless it was withdrawn.
    Refuses whoever is no administrator. What was filed stays.
    """
    refuse_all_but_administrators(session, by, now)
    held = session.get(Appointment, appointment)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    register = claim_register(session).case_id
    for each in letters_of(session, appointment):
        same = (each.digest, each.filename) == (file.digest, file.filename)
        if same and each.withdrawn_at is None:
            return each.id
    told = AppointmentLetterFiled(
        **_office(session, held),
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


def withdraw_letter(
    session: Session, number: int, reason: str, *, by: int, now: datetime
) -> LetterFile:
    """Take back a letter that was filed by mistake, and tell why on the register; returns it as it was.

    From then on auditors alone read its bytes, which stay. Refuses whoever is no administrator, an
    empty reason, and a letter that was withdrawn already.
    """
    refuse_all_but_administrators(session, by, now)
    why = kept(reason)
    if not why:
        said = phrase("Say why it is withdrawn.")
        raise Invalid(said, {"reason": said})
    claim_register(session)
    letter, held, filed = _found(session, number)
    if letter.withdrawn_at is not None:
        said = phrase("This letter was withdrawn already.")
        raise Invalid(said, {"letter": said})
    told = AppointmentLetterWithdrawn(
        **_office(session, held), filed=filed, digest=letter.digest, reason=why
    )
    written = registered(session, Fact(told, by, now))
    gone = update(Attachment).where(Attachment.id == number)
    session.execute(gone.values(removed_at=written.at))
    return letter


def _found(session: Session, number: int) -> tuple[LetterFile, Appointment, int]:
    """A letter with its appointment, and the number of the event by which it was filed."""
    row = session.execute(
        select(*_LETTER, Attachment.kind, Attachment.event_seq).where(
            Attachment.id == number, Attachment.kind.startswith(LETTER_OF)
        )
    ).first()
    if row is None:
        raise NotFound(NO_LETTER)
    of = int(row.kind.removeprefix(LETTER_OF))
    return LetterFile(*row[:7]), session.get_one(Appointment, of), row.event_seq


def _office(session: Session, held: Appointment) -> dict[str, Any]:
    """An appointment as its events tell it."""
    return {
        "appointment": held.id,
        "holder": held.person_id,
        "role": held.role,
        "party": party_key(session, held.party_id),
        "starts_on": held.starts_on,
        "ends_on": held.ends_on,
        "body": sitting_key(session, held.body_id),
    }


def letters_of(session: Session, appointment: int) -> tuple[LetterFile, ...]:
    """The letters that were filed of an appointment, the first one first, those withdrawn among them."""
    filed = select(*_LETTER).where(_ON_REGISTER, Attachment.kind == f"{LETTER_OF}{appointment}")
    return tuple(LetterFile(*row) for row in session.execute(filed.order_by(Attachment.id)))


def readable_letters(
    session: Session, holder: int, person: int, today: date
) -> dict[int, tuple[LetterFile, ...]]:
    """The letters of somebody's appointments, by appointment, as far as this person may read them."""
    roles = _roles(session, person, today)
    if not may_read(roles, person, holder):
        return {}
    held = session.scalars(select(Appointment.id).where(Appointment.person_id == holder)).all()
    kinds = {f"{LETTER_OF}{number}": number for number in held}
    of_them = Attachment.kind.in_(sorted(kinds))
    filed = select(*_LETTER, Attachment.kind).where(_ON_REGISTER, of_them)
    found: dict[int, tuple[LetterFile, ...]] = {}
    if not is_auditor(roles):
        filed = filed.where(Attachment.removed_at.is_(None))
    for row in session.execute(filed.order_by(Attachment.id)):
        number = kinds[row.kind]
        found[number] = (*found.get(number, ()), LetterFile(*row[:7]))
    return found


def readable_letter(session: Session, number: int, person: int, today: date) -> LetterFile:
    """The letter with this number; whoever may not read it is told that there is none."""
    letter, held, _ = _found(session, number)
    roles = _roles(session, person, today)
    if not may_read(roles, person, held.person_id):
        raise NotFound(NO_LETTER)
    if letter.withdrawn_at is not None and not is_auditor(roles):
        raise NotFound(NO_LETTER)
    return letter


def may_read(roles: Collection[str], person: int, holder: int | None) -> bool:
    """Whether a letter of appointment is open to somebody: to auditors, administrators, and whose it is."""
    return person == holder or not set(roles).isdisjoint(APART)


_LETTER = (
    Attachment.id, Attachment.filename, Attachment.media_type, Attachment.size, Attachment.digest,
    Attachment.filed_at, Attachment.removed_at,
)  # fmt: skip
# All letters are filed on the register, which an index finds them by.
_REGISTER = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
_ON_REGISTER = Attachment.case_id == _REGISTER


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
