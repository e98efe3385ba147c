"""Taking turns at what is slow on purpose: so many at once in a process, and a wait that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from workflow.errors import Overloaded
from workflow.phrase import phrase

# One hash keeps two cores busy, for its four lanes.
AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
PATIENCE = 8.0
# Whoever waits keeps a thread that could serve pages.
MOST_WAITING = AT_ONCE + 3


class Turns:
    """Lets so many go at once; whoever's turn does not come within `patience` seconds is refused.

    So is at once whoever comes when `waiting` others wait.
    """

    def __init__(
        self, at_once: int = AT_ONCE, patience: float = PATIENCE, waiting: int = MOST_WAITING
    ) -> None:
        self._free = BoundedSemaphore(at_once)
        self._places = BoundedSemaphore(at_once + waiting)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and take it."""
        if not self._places.acquire(blocking=False):
            raise _overloaded()
        try:
            if not self._free.acquire(timeout=self._patience):
                raise _overloaded()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._places.release()


def _overloaded() -> Overloaded:
    return Overloaded(
        phrase(
            "More people are giving their password at this moment than can be served. "
            "Try again in a few seconds."
        )
    )
