"""The worker that is kept at work: begun again when it could not begin, or does nothing any more."""

import logging
import time
from collections.abc import Mapping
from datetime import timedelta

from workflow.clock import utc_now
from workflow.tasks import port
from workflow.tasks.port import Every, Job, Tasks, Worker

WATCHED_EVERY = 10.0
# Of all that comes round, something comes round three times a minute.
STALLED = timedelta(seconds=100)
journal = logging.getLogger(__name__)


class KeptWorker:
    """Does jobs under one name; `watch` is to be called now and then, and says when again."""

    def __init__(
        self,
        tasks: Tasks,
        jobs: Mapping[str, Job],
        every: tuple[Every, ...],
        name: str,
    ) -> None:
        self._tasks, self._jobs, self._every, self._name = tasks, jobs, every, name
        self._worker: Worker | None = None
        self._begun = 0.0

    def watch(self) -> float:
        """Begin to work, or begin anew where nothing was done for long; returns seconds to rest."""
        if self._worker is not None and self._stalled():
            journal.warning("No job was done for %d seconds: beginning anew.", STALLED.seconds)
            self.stop(patience=0)
        if self._worker is None:
            port.migrate(self._tasks.url)
            self._worker = Worker(self._tasks.url, self._name, self._jobs)
            try:
                self._worker.start(self._every)
            except Exception:
                self.stop(patience=0)
                raise
            self._begun = time.monotonic()
        return WATCHED_EVERY

    def stop(self, patience: int = 10) -> None:
        """Finish what is under way, within `patience` seconds, and take nothing new."""
        if self._worker is not None:
            worker, self._worker = self._worker, None
            worker.stop(patience)

    def _stalled(self) -> bool:
        return time.monotonic() - self._begun > STALLED.seconds and not (
            self._tasks.any_done_since(utc_now() - STALLED)
        )
