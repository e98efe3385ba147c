"""The log at work: the sequencer in a thread of this process, the signer in a process of its own."""

import logging
import subprocess
import time
from collections.abc import Callable, Sequence
from threading import Event, Thread

from sqlalchemy.exc import DBAPIError

from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.store.tiles import MissingTile

REST, PATIENCE = 0.25, 5.0
FAULTS = (DBAPIError, MissingTile, ValueError)
journal = logging.getLogger(__name__)


class Sequencing:
    """Gives events their places until it is ended."""

    def __init__(self, sequencer: Sequencer) -> None:
        self._sequencer = sequencer
        self._ending = Event()
        self._thread = Thread(target=self._work, name="sequencer")

    def begin(self) -> None:
        """Begin to work."""
        self._thread.start()

    def end(self) -> None:
        """Finish the batch under way and let somebody else take the lease."""
        self._ending.set()
        self._thread.join()

    def _work(self) -> None:
        self._try(self._sequencer.take)
        while not self._ending.is_set():
            placed = self._try(self._sequencer.work)
            if not placed:
                self._ending.wait(REST if placed is not None else PATIENCE)
        self._try(self._sequencer.release)

    def _try(self, act: Callable[[], int | None]) -> int | None:
        """What `act` returns, or nothing if the database failed: it may be back in a while."""
        try:
            return act() or 0
        except FAULTS as fault:
            journal.warning("The sequencer waits a while: %s", str(fault).splitlines()[0])
            return None


class Child:
    """A process that lives as long as this one lets it, and is begun again if it dies.

    It sees the end of its standard input when this process is gone, however that came about.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = Event()
        self._thread = Thread(target=self._watch, name="signer")

    def begin(self) -> None:
        """Begin the process."""
        self._thread.start()

    def end(self) -> None:
        """Have it finish what it is at, and wait for it."""
        self._ending.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ending.is_set():
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603
            while self._process.poll() is None and not self._ending.wait(REST):
                pass
            if self._ending.is_set() or self._process.returncode == 0:
                break
            self._ending.wait(PATIENCE)
        self._stop()

    def _stop(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        end = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        self._process.kill()
        self._process.wait()
