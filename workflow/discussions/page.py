"""The page of a discussion: what was said, with its answers, as somebody may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from workflow.discussions.models import DiscussionMessage, DiscussionNaming
from workflow.discussions.named import Nameable, nameable
from workflow.discussions.topics import WHOLE, DiscussionTopic, place, topic, topics
from workflow.engine.engine import Engine
from workflow.engine.permissions import visibility
from workflow.engine.permissions.case_sight import CaseSight
from workflow.lifecycles.definition import Definition
from workflow.people.models import Person
from workflow.vocabulary import Stage

PAGE, MOST_ANSWERS = 25, 1000


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message as it is read; one that was taken back says when, and nothing else."""

    number: int
    topic: DiscussionTopic
    name: str
    text: str
    said_at: datetime
    retracted_at: datetime | None
    own: bool
    seq: int
    named: tuple[str, ...]
    answers: tuple["MessageLine", ...] = ()


@dataclass(frozen=True, slots=True)
class DiscussionPage:
    """One page of a discussion, the message said last on top, each with its answers in order.

    `reads` says whether anything of it is open to the person at all; `topics` are what they may speak
    about, none where they only read. `next` is the message below which the page after this one begins.
    """

    ref: str
    title: str
    definition: Definition
    about: str | None
    reads: bool
    ended: bool
    topics: tuple[DiscussionTopic, ...]
    people: tuple[Nameable, ...]
    messages: tuple[MessageLine, ...]
    next: int | None


def discussion_page(
    session: Session,
    engine: Engine,
    ref: str,
    person: int,
    now: datetime,
    *,
    about: str | None = None,
    before: int | None = None,
) -> DiscussionPage:
    """The discussion of the case called `ref`, about one section or about all that the person may read."""
    row = visibility.visible_case(session, ref, person, now)
    definition = engine.definition(row.definition_id, session)
    sight = CaseSight.of_row(session, definition, row, person, now)
    open_kinds = _open(sight, definition)
    firsts = _firsts(session, row.id, open_kinds, about, before)
    ended = row.stage == Stage.END
    offered = () if ended else topics(session, sight)
    shown = firsts[:PAGE]
    return DiscussionPage(
        ref=row.ref,
        title=row.title,
        definition=definition,
        about=about,
        reads=bool(open_kinds),
        ended=ended,
        topics=offered,
        people=nameable(session, row.id, person, now.date()) if offered else (),
        messages=_lines(session, definition, shown, person),
        next=shown[-1].id if len(firsts) > PAGE else None,
    )


def _open(sight: CaseSight, definition: Definition) -> tuple[str, ...]:
    """The kinds of document whose discussion may be read, and the empty one for the case as a whole."""
    return tuple(kind for kind in (WHOLE, *definition.documents) if sight.talk(kind))


def _firsts(
    session: Session, case_id: int, kinds: Sequence[str], about: str | None, before: int | None
) -> Sequence[DiscussionMessage]:
    """Messages that answer none, of these kinds of document, one more than a page holds."""
    if not kinds or (about is not None and place(about)[0] not in kinds):
        return ()
    found: Select[DiscussionMessage] = select(DiscussionMessage).where(
        DiscussionMessage.case_id == case_id, DiscussionMessage.answers_id.is_(None)
    )
    if about is None:
        of_kinds = [DiscussionMessage.about.startswith(f"{kind}:") for kind in kinds if kind]
        whole = [DiscussionMessage.about == WHOLE] if WHOLE in kinds else []
        found = found.where(or_(*whole, *of_kinds))
    else:
        found = found.where(DiscussionMessage.about == about)
    if before is not None:
        found = found.where(DiscussionMessage.id < before)
    return session.scalars(found.order_by(DiscussionMessage.id.desc()).limit(PAGE + 1)).all()


def _lines(
    session: Session, definition: Definition, firsts: Sequence[DiscussionMessage], person: int
) -> tuple[MessageLine, ...]:
    numbers = [each.id for each in firsts]
    if not numbers:
        return ()
    below = (
        select(DiscussionMessage)
        .where(DiscussionMessage.answers_id.in_(numbers))
        .order_by(DiscussionMessage.id)
        .limit(MOST_ANSWERS)
    )
    answers = session.scalars(below).all()
    everything = [*firsts, *answers]
    names, named = _names(session, everything), _named(session, everything)

    def line(row: DiscussionMessage, below: tuple[MessageLine, ...] = ()) -> MessageLine:
        gone = row.retracted_at is not None
        return MessageLine(
            number=row.id,
            topic=topic(definition, row.about),
            name=names[row.person_id],
            text="" if gone else row.text,
            said_at=row.said_at,
            retracted_at=row.retracted_at,
            own=row.person_id == person,
            seq=row.event_seq,
            named=() if gone else named.get(row.id, ()),
            answers=below,
        )

    return tuple(
        line(first, tuple(line(each) for each in answers if each.answers_id == first.id))
        for first in firsts
    )


def _names(session: Session, messages: Sequence[DiscussionMessage]) -> Mapping[int, str]:
    """What whoever said one of these is called."""
    speakers = {each.person_id for each in messages}
    return dict(
        session.execute(select(Person.id, Person.name).where(Person.id.in_(speakers))).all()
    )


def _named(
    session: Session, messages: Sequence[DiscussionMessage]
) -> Mapping[int, tuple[str, ...]]:
    """Whom each of these names."""
    naming = (
        select(DiscussionNaming.message_id, Person.name)
        .join(Person, Person.id == DiscussionNaming.person_id)
        .where(DiscussionNaming.message_id.in_([each.id for each in messages]))
        .order_by(Person.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for number, name in session.execute(naming):
        found[number] = (*found.get(number, ()), name)
    return found
