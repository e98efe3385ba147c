"""A loop that nothing ends but its owner: after every fault it tries again, and says so now and then."""

import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from workflow.errors import Refusal
from workflow.faults.outages import said
from workflow.faults.repetition import Sparing

# What may pass: a database, a disk or a network away, and what is refused for a while. Anything else
# is a bug and shows itself whole.
AWAY = (SQLAlchemyError, psycopg.Error, OSError, Refusal)
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0
journal = logging.getLogger(__name__)

Step = Callable[[], float]
Outcome = Callable[[Exception | None], None]


class Complaints:
    """Says of one kind of work what keeps it, at once when that is new and then once a minute.

    `passing` are faults that tell enough in one line, beside those of what is away.
    """

    def __init__(self, work: str, *passing: type[Exception]) -> None:
        self._work, self._passing = work, (*AWAY, *passing)
        self._said: Sparing[str] = Sparing()
        self._keeps = ""

    def hear(self, fault: Exception) -> None:
        """Say the fault, unless it was said within the last minute."""
        sentence, before = said(fault), 0
        if sentence != self._keeps:
            before = sum(self._said.overdue(math.inf).values())
            self._keeps, self._said = sentence, Sparing()
        unsaid = self._said.left_out(sentence, time.monotonic())
        if unsaid is not None:
            self._say(fault, unsaid + before)

    def end(self) -> None:
        """Say that the work goes on again, if anything kept it."""
        if self._keeps:
            journal.warning("%s goes on.", self._work)
        self._keeps, self._said = "", Sparing()

    def _say(self, fault: Exception, unsaid: int) -> None:
        bug = None if isinstance(fault, self._passing) else fault
        more = f" (and {unsaid} times more before)" if unsaid else ""
        journal.warning("%s waits a while: %s%s", self._work, said(fault), more, exc_info=bug)


class Loop:
    """Takes one step after another in a thread of its own, until it is ended.

    `step` returns how many seconds to rest after it. A step that fails, however it fails, is taken
    again: soon at first, later while it goes on failing. `heard` is told how each step ended;
    `last` is what is done at the end; `passing` are faults that are no bugs, as in `Complaints`.
    """

    def __init__(
        self,
        work: str,
        step: Step,
        heard: Outcome | None = None,
        last: Step | None = None,
        passing: tuple[type[Exception], ...] = (),
    ) -> None:
        self._step, self._heard, self._last = step, heard, last
        self._complaints = Complaints(work, *passing)
        self._wait = FIRST_WAIT
        self._ending = Event()
        self._thread = Thread(target=self._work, name=work, daemon=True)

    def begin(self) -> None:
        """Begin to take steps."""
        self._thread.start()

    def end(self, patience: float | None = None) -> None:
        """Take no further step, and wait for the one under way, `patience` seconds at most."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _work(self) -> None:
        while not self._ending.is_set():
            self._ending.wait(self._taken(self._step))
        if self._last is not None:
            self._taken(self._last)

    def _taken(self, step: Step) -> float:
        """Take one step; returns how long to rest after it."""
        try:
            rest = step()
        except Exception as fault:  # noqa: BLE001  # Nothing above a thread could hear it.
            self._complaints.hear(fault)
            self._tell(fault)
            wait, self._wait = self._wait, min(self._wait * 2, LONGEST_WAIT)
            return wait
        self._complaints.end()
        self._tell(None)
        self._wait = FIRST_WAIT
        return rest

    def _tell(self, fault: Exception | None) -> None:
        """Hand on how a step ended; where that cannot be kept either, the next step will say so."""
        if self._heard is not None:
            with suppress(*AWAY):
                self._heard(fault)
