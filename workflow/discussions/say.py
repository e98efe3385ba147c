"""Saying something in the discussion of a case, and taking back what one said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.events.discussions.messages import MessageRetracted, MessageSaid
from workflow.audit.models import Event
from workflow.discussions.models import DiscussionMessage, DiscussionNaming
from workflow.discussions.named import tell
from workflow.discussions.topics import as_speaker, place, topic, topics
from workflow.engine import unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.permissions import visibility
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed
from workflow.free_text import kept_prose
from workflow.people.models import Person
from workflow.phrase import phrase
from workflow.vocabulary import Stage

LONGEST, MOST_NAMED = 4000, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody says: about which section, in answer to which message, and whom they name.

    Sent twice under one `key` it is said once.
    """

    ref: str
    text: str
    key: str
    about: str = ""
    answers: int | None = None
    names: tuple[int, ...] = ()


def say(engine: Engine, person: int, saying: Saying) -> int:
    """Say something in the discussion and return the number of the message.

    An answer is about what it answers. Whoever is named is told, and so is whoever is answered.
    Refuses whoever may not read that section or only audits, a case that has ended, an answer to an answer, an empty or overlong text, and
    people who may not read it.
    """
    now = engine.now()
    with engine.transaction() as session:
        # Whoever may not know of it is told so before anything is locked.
        row, sight = _sight(session, engine, saying.ref, person, now)
        before = select(DiscussionMessage.id).where(
            DiscussionMessage.case_id == row.id, DiscussionMessage.key == saying.key
        )
        case = unit_of_work.lock_case(session, saying.ref)
        if (said := session.scalar(before)) is not None:
            return said
        about = _about(session, sight, saying)
        if case.stage == Stage.END:
            raise RoundClosed(
                phrase("%(ref)s has ended: its discussion is read, and not added to.", ref=row.ref)
            )
        text, names = _text(saying.text), _named(session, engine, saying, about, person)
        work = UnitOfWork(session, case, sight.definition_known, person, now)
        message = _kept(work, saying, about, text, names)
        document, section = place(about)
        told = MessageSaid(
            message=message,
            document=document,
            section=section,
            answers=saying.answers,
            names=names,
            text=text,
        )
        tell(work, message, topic(sight.definition_known, about), work.note(told))
        work.close()
        return message


def _kept(work: UnitOfWork, saying: Saying, about: str, text: str, names: tuple[int, ...]) -> int:
    """The number of the message, kept with whom it names; the next event tells of it."""
    message = DiscussionMessage(
        case_id=work.case.id,
        about=about,
        answers_id=saying.answers,
        person_id=work.actor or 0,
        text=text,
        said_at=work.now,
        event_seq=work.case.head.seq + 1,
        key=saying.key,
    )
    work.session.add(message)
    work.session.flush()
    work.session.add_all(DiscussionNaming(message_id=message.id, person_id=each) for each in names)
    work.session.flush()
    return message.id


def retract(engine: Engine, person: int, ref: str, number: int) -> None:
    """Take back what one said: the line stays and says so, and auditors alone read what it was.

    Refuses what somebody else said; taken back twice it is taken back once.
    """
    now = engine.now()
    with engine.transaction() as session:
        row, sight = _sight(session, engine, ref, person, now)
        case = unit_of_work.lock_case(session, ref)
        message = session.get(DiscussionMessage, number)
        if message is None or message.case_id != row.id or not sight.talk(place(message.about)[0]):
            raise _no_message(number)
        if message.person_id != person:
            raise NotAuthorised(phrase("Whoever said it may take it back, and nobody else."))
        if message.retracted_at is not None:
            return
        work = UnitOfWork(session, case, sight.definition_known, person, now)
        document, section = place(message.about)
        written = work.note(
            MessageRetracted(message=message.id, document=document, section=section)
        )
        message.retracted_at, message.retraction_seq = written.at, written.seq
        session.flush()
        work.close()


def take_message(session: Session, _event: Event, what: MessageSaid) -> None:
    """Take the words out of the row of a message, where they are erased for good."""
    here = DiscussionMessage.id == what.message
    session.execute(update(DiscussionMessage).where(here).values(text=""))


def _sight(
    session: Session, engine: Engine, ref: str, person: int, now: datetime
) -> tuple[CaseRow, CaseSight]:
    row = visibility.visible_case(session, ref, person, now)
    definition = engine.definition(row.definition_id, session)
    return row, CaseSight.of_row(session, definition, row, person, now)


def _about(session: Session, sight: CaseSight, saying: Saying) -> str:
    """The section that it is about, which is open to whoever speaks."""
    about = saying.about
    if saying.answers is not None:
        first = session.get(DiscussionMessage, saying.answers)
        if first is None or first.case_id != sight.case_id:
            raise _no_message(saying.answers)
        if first.answers_id is not None:
            said = phrase("An answer is not answered again; answer the message above it.")
            raise Invalid(said, {"answers": said})
        about = first.about
    open_to_them = {each.about for each in topics(session, sight)}
    if about in open_to_them:
        return about
    if not open_to_them:
        raise NotAuthorised(phrase("The discussion is open to those who take part."))
    said = phrase("This section is not open to discussion; choose another one.")
    raise Invalid(said, {"about": said})


def _text(text: str) -> str:
    kept = kept_prose(text, "text")
    if not kept:
        said = phrase("Say something.")
        raise Invalid(said, {"text": said})
    if len(kept) > LONGEST:
        said = phrase("At most %(most)s characters; a longer text is a document.", most=LONGEST)
        raise Invalid(said, {"text": said})
    return kept


def _named(
    session: Session, engine: Engine, saying: Saying, about: str, person: int
) -> tuple[int, ...]:
    """Whom it names, in the order of their numbers; refuses anybody who may not read the section."""
    wanted = tuple(sorted({*saying.names} - {person}))
    if len(wanted) > MOST_NAMED:
        said = phrase("At most %(most)s people are named in a message.", most=MOST_NAMED)
        raise Invalid(said, {"names": said})
    for each in wanted:
        if not _takes_part(session, engine, saying.ref, about, each):
            said = phrase("Only people who take part in this discussion may be named.")
            raise Invalid(said, {"names": said})
    return wanted


def _takes_part(session: Session, engine: Engine, ref: str, about: str, person: int) -> bool:
    found = session.get(Person, person)
    if found is None or found.disabled_at is not None:
        return False
    try:
        _, sight = _sight(session, engine, ref, person, engine.now())
    except NotFound:
        return False
    return as_speaker(sight).talk(place(about)[0])


def _no_message(number: int) -> NotFound:
    return NotFound(phrase("There is no message %(number)s in this discussion.", number=number))
