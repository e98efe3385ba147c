"""A process that lives as long as this one lets it, and is begun again however it ended."""

import logging
import signal
import subprocess
import time
from collections.abc import Sequence

# With this status a process says that its work is somebody else's to do.
LEFT_TO_OTHERS = 3
FIRST_WAIT, LONGEST_WAIT, MUCH_LATER = 0.5, 15.0, 3600.0
LIVED, PATIENCE, PAUSE = 30.0, 15.0, 0.02
journal = logging.getLogger(__name__)


class Child:
    """One process of ours, to be tended now and then by whoever began it.

    It sees the end of its standard input when this process is gone, however that came about.
    """

    def __init__(
        self, command: Sequence[str], first_wait: float = 0.0, patience: float = PATIENCE
    ) -> None:
        self._command, self._patience = command, patience
        self._process: subprocess.Popen[bytes] | None = None
        self._due = time.monotonic() + first_wait
        self._begun = 0.0
        self._wait = FIRST_WAIT
        self._ends: float | None = None

    def tend(self) -> None:
        """Begin it if it is due; one that keeps ending is begun later and later."""
        if self._process is not None and self._process.poll() is not None:
            self._bury(self._process)
        if self._process is None and self._ends is None and time.monotonic() >= self._due:
            self._begun = time.monotonic()
            self._process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        """The process, begun deaf to a Ctrl-C: a terminal sends it to all, and it is for this one alone."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            return subprocess.Popen(self._command, stdin=subprocess.PIPE)  # noqa: S603
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def let_go(self) -> None:
        """Have it finish what it is at, for as long as there is patience."""
        if self._ends is None:
            self._ends = time.monotonic() + self._patience
        self.disown()

    def disown(self) -> None:
        """Leave it to its parent, in a copy of this process: hold nothing that it listens to."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def end(self) -> None:
        """Have it finish what it is at, and wait for it."""
        self.let_go()
        if self._process is None:
            return
        while self._process.poll() is None and time.monotonic() < (self._ends or 0.0):
            time.sleep(PAUSE)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is not None:
            process.stdin.close()
        now = time.monotonic()
        if now - self._begun > LIVED:
            self._wait = FIRST_WAIT
        left = process.returncode == LEFT_TO_OTHERS
        if self._ends is None and not left:
            self._tell(process)
        self._due = now + (MUCH_LATER if left else self._wait)
        self._wait = min(self._wait * 2, LONGEST_WAIT)
        self._process = None

    def _tell(self, process: subprocess.Popen[bytes]) -> None:
        """Say in the log that it ended, since whoever was killed could not."""
        # Where the server of the pages took note of the end first, its status is not known here.
        status = process.returncode
        how = f" by signal {-status}" if status < 0 else f" with status {status}" if status else ""
        told = "Process %d (%s) ended%s: it is begun again in %g seconds."
        journal.warning(told, process.pid, " ".join(self._command[3:4]), how, self._wait)
