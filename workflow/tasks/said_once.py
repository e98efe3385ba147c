"""What the queue of jobs says of its faults, without its repetitions and its tracebacks."""

import logging
import re
import time

SAID_EVERY, MOST = 60.0, 200
FAULT = re.compile(r"^[\w.]+: \S|^\([\w.]+\) \S")
VARYING = re.compile(r"[0-9a-f-]*\d[0-9a-f-]*")


class SaidOnce(logging.Filter):
    """Lets the same complaint through once a minute, as one line."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this is said."""
        line = one_line(record.getMessage())
        record.msg, record.args, record.exc_info = line, (), None
        kind, now = VARYING.sub("", line), time.monotonic()
        if now - self._said.get(kind, -SAID_EVERY) < SAID_EVERY:
            return False
        if len(self._said) >= MOST:
            self._said.clear()
        self._said[kind] = now
        return True


def one_line(said: str) -> str:
    """The first line of what was said, with the fault at the end of a traceback in it."""
    lines = said.strip().splitlines() or [""]
    first, traceback, _ = lines[0].partition("Traceback")
    if not traceback:
        return first
    faults = [line for line in lines[1:] if FAULT.match(line)]
    return f"{first}{faults[-1] if faults else ''}".strip()
