"""Telling people that a message names them, or answers what they said; and who may be named."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, bindparam, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from workflow.audit.trail import Written
from workflow.discussions.models import DiscussionMessage, DiscussionNaming
from workflow.discussions.topics import DiscussionTopic
from workflow.engine.declared_models import ClosedRole
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid
from workflow.notices.outbox import Cause, Recipients, owe, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.appointments import APART, in_force
from workflow.people.models import Appointment, Party, Person
from workflow.phrase import phrase

MOST_OFFERED = 100
_MESSAGE = bindparam("of_message", type_=Integer)
_ROUND = select(func.max(Round.id)).where(Round.case_id == bindparam("of_case", type_=Integer))


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody who takes part, with the parties whose offices they hold."""

    person: int
    name: str
    parties: tuple[str, ...]


def nameable(session: Session, case_id: int, but: int, today: date) -> tuple[Nameable, ...]:
    """People who hold an office of a party that takes part in a case or was asked a seat of it, by name.

    Whether somebody may read what is said is asked again as they are named.
    """
    here = LifecycleCase.id == case_id
    closed = exists().where(
        here,
        ClosedRole.definition_id == LifecycleCase.definition_id,
        ClosedRole.role == Appointment.role,
    )
    part = exists().where(CaseParty.case_id == case_id, CaseParty.party_id == Appointment.party_id)
    asked = exists().where(
        Seat.case_id == case_id,
        Seat.party_id == Appointment.party_id,
        Seat.role == Appointment.role,
    )
    rows = session.execute(
        select(Person.id, Person.name, Party.name)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Party, Party.id == Appointment.party_id)
        .where(in_force(today), Person.disabled_at.is_(None), Person.id != but)
        .where(Appointment.role.not_in(APART), ~closed, or_(part, asked))
        .distinct()
        .order_by(Person.name, Person.id, Party.name)
        .limit(MOST_OFFERED)
    )
    found: dict[int, Nameable] = {}
    for number, name, party in rows:
        before = found.get(number)
        parties = (*before.parties, party) if before else (party,)
        found[number] = Nameable(number, name, parties)
    return tuple(found.values())


def _told() -> Any:
    """Whoever a message names, and whoever said what it answers."""
    named = select(*recipient(DiscussionNaming.person_id, Because.NAMED)).where(
        DiscussionNaming.message_id == _MESSAGE
    )
    first, answer = aliased(DiscussionMessage), aliased(DiscussionMessage)
    answered = (
        select(*recipient(first.person_id, Because.SAID))
        .join(answer, answer.answers_id == first.id)
        .where(answer.id == _MESSAGE, first.retracted_at.is_(None))
    )
    return union(named, answered)


_TOLD = told_by(_told())


def tell(work: UnitOfWork, message: int, topic: DiscussionTopic, written: Written) -> None:
    """Tell whoever a message names, and whoever it answers, but not who says it.

    Refuses to name anybody on a case that nobody was ever asked anything of: no notice can lead there.
    """
    newest = work.session.scalar(_ROUND, {"of_case": work.case.id})
    if newest is None:
        named = select(DiscussionNaming.person_id).where(DiscussionNaming.message_id == message)
        if work.session.scalars(named).first() is not None:
            said = phrase("Nobody can be told before this was put to somebody.")
            raise Invalid(said, {"names": said})
        return
    cause = Cause(
        NoticeKind.MENTIONED, work.case.id, newest, topic.title, work.now, event_seq=written.seq
    )
    owe(work.transaction, cause, Recipients(_TOLD, {"of_message": message}).but(work.actor))
