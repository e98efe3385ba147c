"""Heartbeats: each process says in the database when it last did which kind of work."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Lock
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow.clock import Clock, utc_now
from workflow.database import transaction
from workflow.faults.outages import said
from workflow.health.models import Heartbeat
from workflow.timekeeping.doubts import APART

EVERY = 10.0
KEPT = timedelta(days=7)
LONGEST = 300
UNFORESEEN = "a fault that nobody foresaw"
INSERTS: dict[str, type[postgresql.Insert] | type[sqlite.Insert]] = {
    "postgresql": postgresql.Insert,
    "sqlite": sqlite.Insert,
}
journal = logging.getLogger(__name__)


class Work(StrEnum):
    """The kinds of work that are done behind the pages."""

    SWEEP = "sweep"
    MAIL = "mail"
    SEQUENCER = "sequencer"
    SIGNER = "signer"
    WITNESS = "witness"
    INDEXER = "indexer"
    CHECK = "check"
    HEADS = "heads"
    TIDY = "tidy"
    DOSSIERS = "dossiers"
    FILES = "files"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Beat:
    """The newest sign of one kind of work: when and by whom it was done, and what keeps it from being done.

    `begun_at` is when a process first began to do it since it was last done.
    """

    kind: Work
    worked_at: datetime | None
    process: str
    failing_since: datetime | None
    fault: str
    begun_at: datetime | None = None


@dataclass(slots=True)
class _LastSaid:
    """What this process said last of one kind, and when by a clock that only runs on."""

    at: float
    fault: str
    since: datetime | None


class Heartbeats:
    """The signs of life of one process: at most one write in ten seconds for each kind, more on news.

    Work is never disturbed by what it says of itself: where nothing can be written, that is logged.
    """

    def __init__(
        self,
        database: Database,
        process: str,
        clock: Clock = utc_now,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._process = database, process[:120]
        self._now, self._elapsed = clock, elapsed
        self._told: dict[Work, _LastSaid] = {}
        self._lock = Lock()

    def begun(self, kinds: Iterable[Work]) -> None:
        """Say that this process begins, which does work of these kinds from here on."""
        now = self._now()
        try:
            with transaction(self._database) as session:
                for kind in kinds:
                    self._put(session, kind, {"begun_at": now})
        except (SQLAlchemyError, OSError) as away:
            journal.warning("Its beginning could not be written: %s", said(away))

    def worked(self, kind: Work) -> None:
        """Say that work of this kind was done, or that there was none to do."""
        self._say(kind, "")

    def failed(self, kind: Work, fault: BaseException | str) -> None:
        """Say what keeps work of this kind from being done."""
        self._say(kind, (fault if isinstance(fault, str) else _told(fault))[:LONGEST])

    def ended(self, kind: Work, fault: Exception | None) -> None:
        """Say how work of this kind ended just now."""
        if fault is None:
            self.worked(kind)
        else:
            self.failed(kind, fault)

    def _say(self, kind: Work, fault: str) -> None:
        with self._lock:
            told, ran = self._told.get(kind), self._elapsed()
            if told is not None and bool(told.fault) == bool(fault) and ran - told.at < EVERY:
                return
            now = self._now()
            since = told.since if told is not None and told.since and fault else now
            self._told[kind] = _LastSaid(ran, fault, since if fault else None)
        try:
            self._write(kind, fault, now, since, first=told is None)
        except (SQLAlchemyError, OSError) as away:
            journal.warning("%s: its heartbeat could not be written: %s", kind, said(away))

    def _write(
        self, kind: Work, fault: str, now: datetime, since: datetime, *, first: bool
    ) -> None:
        news = (
            {"failed_at": now, "failing_since": since, "fault": fault}
            if fault
            else {"worked_at": now, "failing_since": None, "fault": ""}
        )
        with transaction(self._database) as session:
            self._put(session, kind, news)
            if first:
                _forget(session, kind, now - KEPT)

    def _put(self, session: Session, kind: Work, news: dict[str, Any]) -> None:
        row = {"kind": kind.value, "process": self._process, "fault": "", **news}
        new = INSERTS[self._database.dialect.name](Heartbeat).values(row)
        session.execute(new.on_conflict_do_update(index_elements=["kind", "process"], set_=news))


def beats(session: Session, now: datetime) -> tuple[Beat, ...]:
    """Of each kind that was ever done: its newest sign, and the fault of whoever fails since.

    What was said by a clock that had leapt ahead shows nothing: it would hide a silence until then.
    """
    rows = session.scalars(select(Heartbeat).order_by(Heartbeat.kind, Heartbeat.process)).all()
    by_kind: dict[str, list[Heartbeat]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    return tuple(_beat(Work(kind), by_kind[kind], now + APART) for kind in Work if kind in by_kind)


def _told(fault: BaseException) -> str:
    """A fault as officers read it: what Python says of a bug is for the log, and for programmers."""
    if type(fault).__module__ == "builtins" and not isinstance(fault, OSError):
        return UNFORESEEN
    return said(fault)


def _beat(kind: Work, rows: list[Heartbeat], latest: datetime) -> Beat:
    worked = [row for row in rows if row.worked_at is not None and row.worked_at <= latest]
    last = max(worked, key=lambda row: (row.worked_at, row.process), default=None)
    done = last.worked_at if last else None
    # A fault counts unless the work was done since, by the same process or by another.
    failing = [
        row
        for row in rows
        if row.fault
        and row.failed_at
        and row.failed_at <= latest
        and not _later(done, row.failed_at)
    ]
    since = [row.failing_since for row in failing if row.failing_since]
    begun = [
        row.begun_at
        for row in rows
        if row.begun_at and row.begun_at <= latest and (done is None or row.begun_at > done)
    ]
    newest = max(failing, key=lambda row: str(row.failed_at), default=None)
    return Beat(
        kind=kind,
        worked_at=done,
        process=last.process if last else "",
        failing_since=min(since, default=None),
        fault=newest.fault if newest else "",
        begun_at=min(begun, default=None),
    )


def _later(one: datetime | None, other: datetime) -> bool:
    return one is not None and one > other


def _forget(session: Session, kind: Work, before: datetime) -> None:
    """Forget processes that have shown nothing since an instant."""
    seen = func.coalesce(Heartbeat.worked_at, Heartbeat.failed_at, Heartbeat.begun_at)
    gone = delete(Heartbeat).where(Heartbeat.kind == kind.value, seen < before)
    session.execute(gone, execution_options={"synchronize_session": False})
