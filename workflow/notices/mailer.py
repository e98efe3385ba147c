"""The mailer: what is owed is claimed, sent outside of any transaction, and noted.

A claim holds for some minutes. Whoever dies in between leaves the mail owed, and after that time
somebody else sends it under the same name.
"""

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from threading import Event

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from workflow.faults.loop import AWAY
from workflow.notices import queries
from workflow.notices.emails import EmailRenderer, Reader
from workflow.notices.lost import LOST, have_looked_at
from workflow.notices.models import Delivery, Notice
from workflow.notices.queries import NoticeLine
from workflow.notices.smtp import Sent, SmtpServer
from workflow.notices.templates import worded
from workflow.notices.vocabulary import MailPreference, NoticeKind, Sending
from workflow.people.models import Person
from workflow.tlog.store.queries import Published
from workflow.tlog.witnesses import anchors

CLAIM = timedelta(minutes=5)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=4)
MOST_TRIES = 20
BATCH = 200
NOTES_AGAIN_AFTER = 2.0
QUIET = {"synchronize_session": False}
# What makes a letter known again: the same whenever it tells the same notices.
Named = Callable[[Collection[int]], str]
Lines = tuple[NoticeLine, ...]
Spoken = Callable[[Session, str, Lines], Lines]


def _as_written(_session: Session, _language: str, lines: Lines) -> Lines:
    return lines


@dataclass(frozen=True, slots=True)
class Mailer:
    """Carries letters: whose transactions, which clock, which renderer and which mail server.

    `known` is the condition on a notice that its reader may know, on a day, what it is about; `spoken`
    gives notices in the words that their lifecycles have in a language.
    """

    transaction: Callable[[], AbstractContextManager[Session]]
    reading: Callable[[], AbstractContextManager[Session]]
    now: Callable[[], datetime]
    renderer: EmailRenderer
    server: SmtpServer
    known: Callable[[int, date], ColumnElement[bool]]
    spoken: Spoken = _as_written
    elapsed: Callable[[], float] = time.monotonic
    wait: Callable[[float], object] = time.sleep
    ending: Event = field(default_factory=Event)

    def end(self) -> None:
        """Begin no letter any more, and wait for no server: what it has not answered for stays owed."""
        self.ending.set()
        self.server.connections.let_go()

    def deliver(self, notices: list[int] | None = None) -> int:
        """Send what is owed at once, of these notices or of all; returns how many were sent."""
        chosen = Delivery.way == MailPreference.AT_ONCE.value
        if notices is not None:
            chosen &= Delivery.notice_id.in_(notices)
        return sum(self._carry([notice], _of_one) for notice in self._due(chosen))

    def deliver_digests(self) -> int:
        """Send everybody one letter with all that was kept for the day; returns how many."""
        by_person: dict[int, list[int]] = {}
        due = self._due(Delivery.way == MailPreference.DAILY.value)
        with self.reading() as session:
            owners = select(Notice.id, Notice.person_id).where(Notice.id.in_(due))
            for notice, person in session.execute(owners.order_by(Notice.id)):
                by_person.setdefault(person, []).append(notice)
        return sum(self._carry(notices, _of_a_day) for notices in by_person.values())

    def _due(self, chosen: ColumnElement[bool]) -> list[int]:
        due = select(Delivery.notice_id).where(_owed(self.now()), chosen)
        with self.reading() as session:
            return list(session.scalars(due.order_by(Delivery.notice_id).limit(BATCH)))

    def _carry(self, notices: list[int], named: Named) -> bool:
        """Claim some notices of one person, send them as one letter, and note how that went."""
        if self.ending.is_set():
            return False
        now, begun = self.now(), self.elapsed()
        mine = (
            update(Delivery)
            .where(Delivery.notice_id.in_(notices), _owed(now))
            .values(due_at=now + CLAIM, tries=Delivery.tries + 1)
            .returning(Delivery.notice_id, Delivery.tries)
        )
        with self.transaction() as session:
            claimed = dict(session.execute(mine, execution_options=QUIET).all())
            if not claimed:
                return False
            reader = _reader(session, min(claimed))
            lines = self._still_told(session, reader.id, list(claimed))
            if not lines:
                return False
            lines = self.spoken(session, reader.language, lines)
            own = worded(session, reader.language)
            carried = anchors.current(session) if _decides(lines) else None
        note = carried[1] if carried else ""
        letter = self.renderer.letter(reader, lines, named(claimed), note, own)
        letter["Date"] = format_datetime(now)
        sent = self.server.send(letter)
        self._note_while_claimed(claimed, sent, str(letter["Message-ID"]), begun)
        if carried and sent.state is Sending.SENT:
            self._anchor(reader, carried[0])
        return sent.state is Sending.SENT

    def _still_told(
        self, session: Session, person: int, claimed: list[int]
    ) -> tuple[NoticeLine, ...]:
        """What the letter tells; who has left, or may know of a case no more, is owed none of it."""
        known = self.known(person, self.now().date()) & _has_access()
        lines = queries.by_ids(session, claimed, known)
        owed_no_more = set(claimed).difference(line.id for line in lines)
        if owed_no_more:
            session.execute(
                delete(Delivery).where(Delivery.notice_id.in_(owed_no_more)),
                execution_options=QUIET,
            )
        return lines

    def _note_while_claimed(
        self, claimed: dict[int, int], sent: Sent, message_id: str, begun: float
    ) -> None:
        """Note how a letter went; where the database is away, again until the claim ends."""
        while True:
            try:
                self._note(list(claimed), sent, message_id, max(claimed.values()))
            except AWAY:
                over = self.elapsed() - begun + NOTES_AGAIN_AFTER > CLAIM.total_seconds()
                if over or self.ending.is_set():
                    raise
                self.wait(NOTES_AGAIN_AFTER)
            else:
                return

    def _anchor(self, reader: Reader, published: Published) -> None:
        """Note that a letter took a checkpoint along."""
        of, recipient = published.checkpoint, anchors.person(reader.id)
        with self.transaction() as session:
            anchors.leave(session, anchors.AnchorKind.MAIL, recipient, of.size, of.root, self.now())

    def _note(self, notices: list[int], sent: Sent, message_id: str, tries: int) -> None:
        now = self.now()
        state = sent.state
        if state is Sending.OWED and tries >= MOST_TRIES:
            state = Sending.FAILED
        wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
        with self.transaction() as session:
            if state.value in LOST:
                have_looked_at(session, notices, now)
            session.execute(
                update(Delivery)
                .where(Delivery.notice_id.in_(notices))
                .values(
                    state=state.value,
                    last_error=sent.error[:300],
                    message_id=message_id[:200],
                    due_at=now + wait,
                    done_at=None if state is Sending.OWED else now,
                ),
                execution_options=QUIET,
            )


def _of_one(notices: Collection[int]) -> str:
    return f"notice-{min(notices)}"


def _of_a_day(notices: Collection[int]) -> str:
    return f"digest-{min(notices)}-{max(notices)}"


def _owed(now: datetime) -> ColumnElement[bool]:
    return (Delivery.state == Sending.OWED.value) & (Delivery.due_at <= now)


def _has_access() -> ColumnElement[bool]:
    """The condition that the reader of a notice has not lost their access."""
    return exists().where(Person.id == Notice.person_id, Person.disabled_at.is_(None))


def _decides(lines: Sequence[NoticeLine]) -> bool:
    """Whether one of these tells a decision."""
    return any(line.kind == NoticeKind.ROUND_SETTLED for line in lines)


def _reader(session: Session, notice: int) -> Reader:
    row = session.execute(
        select(Person.id, Person.email, Person.language, Person.time_zone)
        .join(Notice, Notice.person_id == Person.id)
        .where(Notice.id == notice)
    ).one()
    return Reader(row.email, row.language, row.id, row.time_zone)
