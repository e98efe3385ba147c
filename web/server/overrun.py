"""Requests that take too long: each is logged with the lines at which it is, and one without end ends its process.

Python cannot end a thread, so a process in which a request overruns takes no more connections, lets
the others finish, and leaves; the server begins another in its place.
"""

import sys
import traceback
from typing import Any

from web.logs import log

# The seconds that an application's configuration gives a request; 0 gives it any time.
REQUEST_LIMIT = "REQUEST_LIMIT"
SLOW = 10.0
FRAMES = 6
OVERRAN = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 60\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 101\r\n\r\n"
    b"This took longer than a request may, and was ended. Whoever keeps this service finds it in the log.\r\n"
)

# For whoever waits behind threads that are all held up: nothing was begun, and another process is.
NOT_BEGUN = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 75\r\n\r\n"
    b"Everybody who answers here is held up. Send this again: it was not begun.\r\n"
)


class Overruns:
    """The requests under way in threads, and which of them have had more time than they may."""

    def __init__(self) -> None:
        self.busy: dict[Any, tuple[float, int]] = {}
        self._told: dict[Any, float] = {}
        self._ended: set[Any] = set()

    def look(self, now: float, limit: float) -> bool:
        """Log what is slow, answer what overruns its limit; whether anything does."""
        under_way = list(self.busy.items())
        self._told = {conn: at for conn, at in self._told.items() if conn in self.busy}
        self._ended &= {conn for conn, _ in under_way}
        for conn, (began, thread) in under_way:
            if now - began > SLOW and self._told.get(conn) != began:
                self._told[conn] = began
                log.warning("request.slow", seconds=round(now - began), where=_where(thread))
            if limit and now - began > limit and conn not in self._ended:
                self._end(conn, now - began, thread)
        return bool(self._ended)

    def nothing_else(self) -> bool:
        """Whether all that is still under way has overrun."""
        return self._ended.issuperset(tuple(self.busy))

    def _end(self, conn: Any, seconds: float, thread: int) -> None:
        self._ended.add(conn)
        asked = conn.sock.arrival.asks_for.decode("latin-1")
        log.error("request.overran", asked=asked, seconds=round(seconds), where=_where(thread))
        if not conn.sock.answered:
            conn.sock.say(OVERRAN)


def _where(thread: int) -> list[str]:
    """The innermost lines of our own that a thread is at."""
    frame = sys._current_frames().get(thread)  # noqa: SLF001  # Python names it so and documents it
    lines = traceback.extract_stack(frame) if frame else []
    ours = [f"{each.name}:{each.lineno}" for each in lines if "site-packages" not in each.filename]
    return ours[-FRAMES:]
