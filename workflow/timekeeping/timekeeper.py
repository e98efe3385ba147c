"""The timekeeper: refuses to decide by a clock that is in doubt, and tells the register of the doubt."""

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from workflow.clock import Clock, to_millisecond
from workflow.database import reading, transaction
from workflow.errors import ClockInDoubt
from workflow.faults.outages import said
from workflow.phrase import phrase
from workflow.timekeeping import records
from workflow.timekeeping.doubts import Doubt, KeptClock, Sight, judge, leapt

LONGEST_STOP = timedelta(days=14)
ASKS_EVERY = 10.0
VOUCHES_EVERY = 60.0
# A database that is reached without a network reads the clock that we read.
THEIRS = text(
    "select clock_timestamp() as at, "
    "coalesce(not (inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1'), false) "
    "as elsewhere"
)
journal = logging.getLogger(__name__)


def running() -> float:
    """Seconds that this machine has been running, asleep or not; nobody can set them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@dataclass(frozen=True, slots=True)
class _Right:
    """An instant at which the clock was right, and for how long the machine had been running."""

    at: datetime
    ran: float

    def expected(self, ran: float) -> datetime:
        return to_millisecond(self.at + timedelta(seconds=ran - self.ran))


class Timekeeper:
    """Watches the clock of this machine for one process; cheap to ask before everything that decides.

    It compares with the time that the machine has been running whenever it is asked, and with the
    database every ten seconds, or at once where the clock was set.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        machine: str | None = None,
        longest_stop: timedelta | None = LONGEST_STOP,
        ran: Callable[[], float] = running,
    ) -> None:
        self._database, self._clock, self._ran = database, clock, ran
        # An SQLite file is on one machine, whatever that is called from one start to the next.
        alone = database.dialect.name == "sqlite"
        self._machine = machine or ("" if alone else socket.gethostname()[:120])
        self._longest_stop = longest_stop
        self._right: _Right | None = None
        self._doubt: Doubt | None = None
        self._asked: float | None = None
        self._vouched: float | None = None
        self._confirmed = 0
        self._lock = Lock()

    def refuse_doubt(self) -> None:
        """Refuse where the clock is in doubt."""
        _refuse(self.doubt())

    def refuse_known_doubt(self) -> None:
        """Refuse where this process knows of a doubt, or sees that the clock was set; asks no database."""
        now, ran = self._clock(), self._ran()
        _refuse(self._doubt or self._seen_leap(now, ran))

    def doubt(self) -> Doubt | None:
        """The doubt there is about the clock now, if any."""
        with self._lock:
            now, ran = self._clock(), self._ran()
            if self._is_fresh(ran) and self._seen_leap(now, ran) is None:
                return None
            self._doubt = self._examined(now, ran)
            return self._doubt

    def vouch(self, *, settled: bool = True) -> None:
        """Note that deadlines are settled now, by a clock that is right.

        Where none had to be settled, that is noted once a minute.
        """
        ran, last = self._ran(), self._vouched
        if not settled and last is not None and 0 <= ran - last < VOUCHES_EVERY:
            return
        with transaction(self._database) as session:
            records.note_right(session, self._machine, self._clock())
        self._vouched = ran

    def _is_fresh(self, ran: float) -> bool:
        asked = self._asked
        return self._doubt is None and asked is not None and 0 <= ran - asked < ASKS_EVERY

    def _seen_leap(self, now: datetime, ran: float) -> Doubt | None:
        expected = self._right.expected(ran) if self._right else None
        return judge(Sight(now, expected), KeptClock()) if leapt(now, expected) else None

    def _examined(self, now: datetime, ran: float) -> Doubt | None:
        with reading(self._database) as session:
            kept, theirs = records.kept(session, self._machine), self._theirs(session)
        if kept.confirmed != self._confirmed:
            # Somebody says that the clock is right as it is: what it was before counts no more.
            self._right, self._confirmed = None, kept.confirmed
        doubt = judge(self._sight(now, ran, theirs), kept)
        if doubt is None:
            self._right, self._asked = _Right(now, ran), ran
        if (doubt is None) != (kept.doubt is None):
            self._tell(doubt, now)
        return doubt

    def _sight(self, now: datetime, ran: float, theirs: Row[Any] | None) -> Sight:
        sight = Sight(
            now,
            expected=self._right.expected(ran) if self._right else None,
            longest_stop=self._longest_stop,
        )
        if theirs is None:
            return sight
        return replace(sight, database=to_millisecond(theirs.at), vouched=theirs.elsewhere)

    def _theirs(self, session: Session) -> Row[Any] | None:
        """What the database's own clock says, and whether it is one of another machine."""
        if self._database.dialect.name == "sqlite":
            return None
        return session.execute(THEIRS).one()

    def _tell(self, doubt: Doubt | None, now: datetime) -> None:
        """Keep the doubt, or that it is over, for everybody; the first who has it tells the register.

        Whoever may only read keeps it to themselves.
        """
        try:
            with transaction(self._database) as session:
                if doubt is None:
                    records.note_over(session, self._machine, now)
                    journal.warning("The clock is right again.")
                elif records.note_doubt(session, self._machine, doubt):
                    journal.error("%s", doubt.said)
        except DBAPIError as kept:
            journal.warning("A doubt about the clock could not be kept: %s", said(kept))


def _refuse(doubt: Doubt | None) -> None:
    if doubt is not None:
        raise ClockInDoubt(
            phrase(
                "%(doubt)s Nothing is decided or recorded until it is set right, or an officer "
                "confirms on the page “Health” that it is.",
                doubt=doubt.said,
            )
        )
