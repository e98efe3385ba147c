"""Halted acts: a process that stands still in the middle of an act holds its programme for nobody's good.

The server's own limit for idle transactions does not see one that stopped among statements sent
together, so a worker ends its connection: what the act was at is undone, and it is done once more
by whoever goes on.
"""

import logging
import time
from collections.abc import Callable

from sqlalchemy import text

from workflow.clock import written
from workflow.engine.engine import Engine
from workflow.health.bounds import BOUNDS
from workflow.health.heartbeats import Heartbeats, Work

LOOKS_EVERY = 10.0
journal = logging.getLogger(__name__)

# Of our own connections those that have written or locked something and that the server waits for.
_ENDED = text("""
    select pid, xact_start, pg_terminate_backend(pid) as ended
    from pg_stat_activity
    where datname = current_database() and usename = current_user
      and application_name = current_setting('application_name') and pid <> pg_backend_pid()
      and backend_xid is not null
      and (state like 'idle in transaction%' or wait_event = 'ClientRead')
      and state_change < clock_timestamp() - make_interval(secs => :limit)
""")


class HaltedActs:
    """Ends connections of ours to PostgreSQL whose act has stood still for `limit` seconds."""

    def __init__(
        self,
        engine: Engine,
        beats: Heartbeats,
        limit: float,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine, self._beats, self._limit, self._elapsed = engine, beats, limit, elapsed
        self._told_at: float | None = None

    def let_go(self) -> float:
        """End what stands still, and say so; returns the seconds until the next look."""
        with self._engine.reading() as session:
            ended = [row for row in session.execute(_ENDED, {"limit": self._limit}) if row.ended]
        for row in ended:
            fault = (
                f"connection {row.pid} stood still in the middle of an act begun at "
                f"{written(row.xact_start)}, and was ended after {self._limit:g} seconds"
            )
            journal.warning("An act is let go of: %s.", fault)
            self._beats.failed(Work.RELEASE, fault)
            self._told_at = self._elapsed()
        self._forget()
        return min(LOOKS_EVERY, self._limit)

    def _forget(self) -> None:
        """Say that all is well again once it was told for long enough."""
        told = BOUNDS[Work.RELEASE].total_seconds()
        if self._told_at is not None and self._elapsed() - self._told_at > told:
            self._beats.worked(Work.RELEASE)
            self._told_at = None
