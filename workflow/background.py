"""What is done behind the pages, and by whom: inside the one process, or by workers of their own."""

import os
import socket
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import make_url

from workflow.engine import deadlines, reminders
from workflow.engine.engine import Engine
from workflow.tasks import port
from workflow.tasks.liveness import Alive, OnlyOne
from workflow.tasks.port import Every, Job, Payload, Tasks, Worker

SWEEP, TIDY = "sweep", "tidy"
EVERY = (Every(SWEEP, "*/20 * * * * *"), Every(TIDY, "0 17 * * * *"))
KEPT = timedelta(days=3)
ADOPTS_EVERY = 2.0


class Carrier(Protocol):
    """Further jobs of an installation, with the times at which they come round."""

    every: tuple[Every, ...]

    def jobs(self) -> dict[str, Job]:
        """The jobs by name."""


class Background:
    """The jobs of one installation in this process."""

    def __init__(self, engine: Engine, url: str, carrier: Carrier | None = None) -> None:
        self._engine, self._url = engine, url
        self._carrier = carrier
        self._tasks = Tasks(url)
        self._worker: Worker | None = None
        self._lock: OnlyOne | None = None
        self._alive: Alive | None = None

    def begin(self, lock: Path) -> bool:
        """Begin to work; on SQLite only if no other process on `lock` does already."""
        if _is_sqlite(self._url):
            self._lock = OnlyOne(lock)
            if not self._lock.taken():
                return False
            port.migrate(self._url)
            name = "embedded"
        else:
            name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
            self._alive = Alive(self._url, name)
        self._worker = Worker(self._url, name, self._jobs())
        self._worker.start(EVERY + (self._carrier.every if self._carrier else ()))
        return True

    def work_until(
        self,
        stopped: Callable[[float], bool],
        heard: Callable[[int], object] = lambda _count: None,
    ) -> None:
        """Adopt what dead workers leave, until `stopped`, which waits some seconds, says so."""
        while not stopped(ADOPTS_EVERY):
            if self._alive is not None and (adopted := self._alive.adopt_orphans(self._tasks)):
                heard(adopted)

    def end(self) -> None:
        """Finish what is under way and let go."""
        if self._worker is not None:
            self._worker.stop()
        if self._alive is not None:
            self._alive.close()
        if self._lock is not None:
            self._lock.close()
        self._tasks.close()

    def _jobs(self) -> dict[str, Job]:
        jobs: dict[str, Job] = {SWEEP: self._sweep, TIDY: self._tidy}
        return jobs | (self._carrier.jobs() if self._carrier else {})

    def _sweep(self, _payload: Payload) -> None:
        deadlines.sweep(self._engine)
        reminders.sweep(self._engine)

    def _tidy(self, _payload: Payload) -> None:
        self._tasks.forget_before(self._engine.now() - KEPT)


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"
