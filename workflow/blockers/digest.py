"""What blocks, told once a month to the lead group of its programme and to who owns it.

Each reader gets one letter for the day with all of it, as of everything that is kept for the day;
nobody is written to of whom nothing is blocked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session, aliased

from workflow.blockers.filters import OLDEST
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, CaseParty, Deadline, LifecycleCase, Round
from workflow.engine.rounds.reminders import REMINDER
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.next_steps import is_timer
from workflow.notices.models import Delivery, Notice, NoticeChoice
from workflow.notices.outbox import MAIL, holders, next_digest
from workflow.notices.vocabulary import Because, MailPreference, NoticeKind, Sending
from workflow.notices.walk import go_through
from workflow.people.models import Appointment, Person
from workflow.programmes.blocker_lines import OWNER
from workflow.programmes.models import ListedBlocker

# What stands among the deadlines of a round for a blocker that was told in a month.
DIGEST = "digest"
LEADING = ("lead", "convenor", OWNER)
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class DigestReader:
    """Somebody who is told of a blocker, and why: as the holder of a role of a party."""

    person: int
    email: str
    language: str
    role: str
    party: int


@dataclass(frozen=True, slots=True)
class BlockerTold:
    """A blocker of which people are told in a month: since when it blocks, with whom it is, and who is told."""

    case_id: int
    ref: str
    title: str
    since: date
    state: str
    round_id: int
    readers: tuple[DigestReader, ...]


def month_of(at: datetime) -> datetime:
    """When the month began of which people are told at an instant."""
    return at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def due_digest(session: Session, engine: Engine, at: datetime) -> Iterator[BlockerTold]:
    """The blockers of which nobody was told in this month, with those who are to be; nothing is written.

    One that was told of after the month had begun is told of in the next one.
    """
    for case_id in session.scalars(_untold(month_of(at))).all():
        found = _told(session, engine, case_id, at)
        if found is not None:
            yield found


def owe_digest(engine: Engine) -> int:
    """Owe everybody concerned what blocks, once a month; returns of how many blockers people were told.

    Each is owed in a transaction of its own, under the lock of its case, so that of two workers the
    second finds it done. One that nobody is asked about holds up none of those behind it.
    """
    now, place = engine.now(), OLDEST.columns

    def some(beyond: ColumnElement[bool]) -> Sequence[Any]:
        untold = _untold(month_of(now)).with_only_columns(*place).where(beyond)
        with engine.reading() as session:
            return session.execute(untold.limit(AT_ONCE)).all()

    return go_through(place, some, lambda row: _owe(engine, row.case_id, now), AT_ONCE)


def _owe(engine: Engine, case_id: int, now: datetime) -> bool:
    with engine.transaction() as session:
        session.execute(
            select(LifecycleCase.id).where(LifecycleCase.id == case_id).with_for_update()
        )
        untold = _untold(month_of(now)).where(ListedBlocker.case_id == case_id)
        if session.scalar(untold) is None:
            return False
        found = _told(session, engine, case_id, now)
        if found is None:
            return False
        marked = insert(Deadline).values(
            round_id=found.round_id,
            kind=REMINDER,
            at=month_of(now),
            role="",
            of=DIGEST,
            done_at=now,
        )
        deadline = session.execute(marked.returning(Deadline.id)).scalar_one()
        for reader in found.readers:
            _write(session, found, reader, deadline, now)
        return bool(found.readers)


def _untold(month: datetime) -> Any:
    """The cases of blockers that were there as the month began and of which nobody was told in it."""
    told = (
        select(Deadline.id)
        .join(Round, Round.id == Deadline.round_id)
        .where(
            Round.case_id == ListedBlocker.case_id,
            Deadline.kind == REMINDER,
            Deadline.of == DIGEST,
            Deadline.at == month,
        )
        .exists()
    )
    return (
        select(ListedBlocker.case_id)
        .join(LifecycleCase, LifecycleCase.id == ListedBlocker.case_id)
        .where(ListedBlocker.ended.is_(False), LifecycleCase.opened_at < month, ~told)
        .order_by(ListedBlocker.since, ListedBlocker.case_id)
    )


def _told(session: Session, engine: Engine, case_id: int, now: datetime) -> BlockerTold | None:
    """One of them with its readers; nothing where no round of it is open that asks somebody."""
    above = aliased(LifecycleCase)
    row = session.execute(
        select(
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
            ListedBlocker.since, ListedBlocker.state, above.definition_id.label("above"),
        )
        .join(LifecycleCase, LifecycleCase.id == ListedBlocker.case_id)
        .join(above, above.id == ListedBlocker.programme_id)
        .where(ListedBlocker.case_id == case_id)
    ).one()  # fmt: skip
    own = engine.definition(row.definition_id, session)
    opened = select(Round.id, Round.key).where(Round.case_id == case_id, Round.status == OPEN)
    asking = [
        each.id
        for each in session.execute(opened.order_by(Round.id))
        if not is_timer(own.rounds[each.key])
    ]
    if not asking:
        return None
    follows = (own, *((engine.definition(row.above, session),) if row.above else ()))
    return BlockerTold(
        case_id=case_id,
        ref=row.ref,
        title=row.title,
        since=row.since,
        state=own.states[row.state].label,
        round_id=asking[0],
        readers=tuple(_readers(session, follows, case_id, now)),
    )


def _readers(
    session: Session, follows: Sequence[Definition], case_id: int, now: datetime
) -> Iterator[DigestReader]:
    """Who holds an office of the lead group, or of the owner, that one of the lifecycles asks so; each once."""
    labels = {
        each: label for definition in reversed(follows) for each, label in _offices(definition)
    }
    office, person = holders(Appointment.role, CaseParty.party_id, now.date()), aliased(Person)
    rows = session.execute(
        select(
            CaseParty.capacity, CaseParty.party_id, Appointment.role, Appointment.person_id,
            person.email, person.language,
        )
        .select_from(CaseParty)
        .join(Appointment, (Appointment.party_id == CaseParty.party_id) & office)
        .join(person, person.id == Appointment.person_id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity.in_(LEADING))
        .order_by(Appointment.person_id, CaseParty.capacity.desc(), Appointment.id)
    )  # fmt: skip
    told: set[int] = set()
    for row in rows:
        label = labels.get((row.capacity, row.role))
        if label is not None and row.person_id not in told:
            told.add(row.person_id)
            yield DigestReader(row.person_id, row.email, row.language, label, row.party_id)


def _offices(definition: Definition) -> Iterator[tuple[tuple[str, str], str]]:
    """The offices, by part and role, that a lifecycle asks of the lead group and of the owner.

    Where the house owns it, those that are asked in place of an owner.
    """
    for spec in definition.rounds.values():
        owned = any(seat.of == OWNER for seat in spec.rule.seats)
        for seat in spec.rule.seats:
            if owned or seat.of in LEADING:
                of = OWNER if owned else seat.of
                yield (of, seat.role), definition.roles[seat.role].label


def _write(
    session: Session, found: BlockerTold, reader: DigestReader, deadline: int, now: datetime
) -> None:
    """One notice to one reader, and the letter that carries it with others of the day, if they want mail."""
    notice = session.execute(
        insert(Notice)
        .values(
            person_id=reader.person, case_id=found.case_id, deadline_id=deadline,
            round_id=found.round_id, kind=NoticeKind.BLOCKED.value, label=found.state,
            outcome=found.since.isoformat(), because=Because.HOLDER.value, role=reader.role,
            party_id=reader.party, created_at=now,
        )
        .returning(Notice.id)
    ).scalar_one()  # fmt: skip
    way = select(NoticeChoice.way).where(
        NoticeChoice.person_id == reader.person, NoticeChoice.kind == NoticeKind.BLOCKED.value
    )
    if session.scalar(way) == MailPreference.NONE.value:
        return
    session.execute(
        insert(Delivery).values(
            notice_id=notice, channel=MAIL, way=MailPreference.DAILY.value,
            state=Sending.OWED.value, due_at=next_digest(now), tries=0, last_error="", message_id="",
        )
    )  # fmt: skip
