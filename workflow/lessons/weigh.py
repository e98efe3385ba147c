"""Saying of a lesson that it is used in a programme, or that it is not for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select, union
from sqlalchemy.orm import Session

from workflow.audit.events.knowledge.lessons import LessonWeighed
from workflow.engine.commands.command import CaseCommand, execute, reason_of, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase, Seat
from workflow.engine.permissions import visibility
from workflow.engine.permissions.check import not_on
from workflow.engine.permissions.offices import offices, party_key
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.people.appointments import APART
from workflow.phrase import Term, phrase
from workflow.programmes.knowledge.models import LessonWeighing, ListedLesson
from workflow.vocabulary import Footing, Stage


class LessonSays(StrEnum):
    """What is said of a lesson in a programme."""

    USED = "used"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True)
class WeighLesson(CaseCommand):
    """The command to say of a lesson, by its reference, what it is to a programme; the reason is how, or why not."""

    what = "weigh a lesson"

    ref: str
    lesson: str
    said: LessonSays
    seen_version: int
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Acting:
    """The office under which somebody says it; nothing where they act for another."""

    role: str = ""
    party: str = ""
    appointment: int | None = None


def weigh(engine: Engine, person: int, command: WeighLesson) -> Receipt:
    """Record what a lesson is to a programme; a change of mind is one more event, and the last counts.

    What is on record already is not recorded again. Refuses whoever takes no part in the programme, a
    lesson that is not validated or was told there, and “not for us” without a reason.
    """
    return execute(engine, person, command, _weighed)


def refuse_apart(session: Session, person: int, ref: str, now: datetime) -> None:
    """Refuse a case that the person may not know of or takes no part in: nothing they say of a lesson counts there."""
    if not visibility.visible_case(session, ref, person, now).takes_part:
        raise NotAuthorised(phrase("Those who take part in it say what a lesson is to it."))


def _weighed(work: UnitOfWork, person: int, command: WeighLesson) -> Receipt:
    refuse_apart(work.session, person, work.case.ref, work.now)
    _refuse_past(work)
    lesson = _lesson(work, person, command.lesson)
    last = _last(work.session, work.case.id, lesson)
    if last == command.said.value and not command.reason:
        return receipt_of(work, None, command.said, command.lesson)
    if command.said is LessonSays.NOT_FOR_US:
        reason_of(command.reason, phrase("Say why it is not for this programme."))
    acting = _acting(work, person)
    written = work.note(
        LessonWeighed(lesson=command.lesson, said=command.said.value, reason=command.reason),
        role=acting.role,
        party=acting.party,
        appointment=acting.appointment,
    )
    work.session.execute(
        insert(LessonWeighing).values(
            case_id=work.case.id,
            event_seq=written.seq,
            lesson_id=lesson,
            said=command.said.value,
            person_id=person,
            weighed_at=written.at,
        )
    )
    return receipt_of(work, written, command.said, command.lesson)


def _refuse_past(work: UnitOfWork) -> None:
    """Refuse a case of elsewhere and one that has ended."""
    if work.case.footing is not Footing.MANAGED:
        raise not_on(work.case.footing, Term(work.case.subject))
    if work.case.stage == Stage.END:
        raise Invalid(phrase("%(ref)s has ended; nothing more is planned.", ref=work.case.ref))


def _lesson(work: UnitOfWork, person: int, ref: str) -> int:
    """The number of a validated lesson that the person may know of."""
    found = work.session.execute(
        select(LifecycleCase.id, ListedLesson.programme_id)
        .join(ListedLesson, ListedLesson.case_id == LifecycleCase.id)
        .where(LifecycleCase.ref == ref, ListedLesson.shown.is_(True))
    ).first()
    if found is None:
        raise NotFound(phrase("There is no lesson called %(name)s.", name=ref))
    visibility.visible_case(work.session, ref, person, work.now)
    if found.programme_id == work.case.id:
        raise Invalid(phrase("%(lesson)s was learnt in this programme itself.", lesson=ref))
    return int(found.id)


def _last(session: Session, case_id: int, lesson: int) -> str | None:
    """What counts by now."""
    said = select(LessonWeighing.said).where(
        LessonWeighing.case_id == case_id, LessonWeighing.lesson_id == lesson
    )
    return session.scalars(said.order_by(LessonWeighing.event_seq.desc()).limit(1)).first()


def _acting(work: UnitOfWork, person: int) -> _Acting:
    """The first office of the person whose party has a part in the case or was asked a seat of it."""
    taking = union(
        select(CaseParty.party_id).where(CaseParty.case_id == work.case.id),
        select(Seat.party_id).where(Seat.case_id == work.case.id),
    )
    parties = set(work.session.scalars(taking))
    held = offices(work.session, person, work.now.date(), locked=True)
    own = sorted(
        (office.role, office.party_id, number)
        for office, number in held.items()
        if office.party_id in parties and office.role not in APART
    )
    if not own:
        return _Acting()
    role, party, number = own[0]
    return _Acting(role, party_key(work.session, party), number)
