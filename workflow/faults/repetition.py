"""Saying a thing once in a while: a fault that repeats itself must not fill a log."""

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

A_WHILE = 60.0
MOST = 200
Kind = TypeVar("Kind", bound=Hashable)


class Sparing(Generic[Kind]):
    """Lets one thing of each kind through in a while, and counts the others for the next one.

    Instants are seconds of a clock that only runs on. Of more kinds than `MOST` the oldest is
    forgotten, so that no stranger fills the memory with kinds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._kinds: dict[Kind, tuple[float, int]] = {}

    def left_out(self, kind: Kind, at: float) -> int | None:
        """How many of this kind were left out before this one; nothing where it is left out."""
        with self._lock:
            began, count = self._kinds.get(kind, (at - A_WHILE, 0))
            if at - began < A_WHILE:
                self._kinds[kind] = (began, count + 1)
                return None
            self._kinds.pop(kind, None)
            if len(self._kinds) >= MOST:
                del self._kinds[next(iter(self._kinds))]
            self._kinds[kind] = (at, 0)
            return count

    def overdue(self, at: float) -> dict[Kind, int]:
        """What was left out and nothing has told for a while; it counts as told from here."""
        with self._lock:
            told = {k: n for k, (began, n) in self._kinds.items() if n and at - began >= A_WHILE}
            self._kinds |= dict.fromkeys(told, (at, 0))
            return told
