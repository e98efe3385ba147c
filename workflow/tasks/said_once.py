"""What the queue of jobs says of its faults, without its repetitions and its tracebacks."""

import logging
import re
import time

from workflow.faults.repetition import Sparing

FAULT = re.compile(r"^[\w.]+: \S|^\([\w.]+\) \S")
VARYING = re.compile(r"[0-9a-f-]*\d[0-9a-f-]*")


class SaidOnce(logging.Filter):
    """Lets the same complaint through once a minute, as one line."""

    def __init__(self) -> None:
        super().__init__()
        self._sparing: Sparing[str] = Sparing()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this is said."""
        line = one_line(record.getMessage())
        record.msg, record.args, record.exc_info = line, (), None
        return self._sparing.left_out(VARYING.sub("", line), time.monotonic()) is not None


def one_line(said: str) -> str:
    """The first line of what was said, with the fault at the end of a traceback in it."""
    lines = said.strip().splitlines() or [""]
    first, traceback, _ = lines[0].partition("Traceback")
    if not traceback:
        return first
    faults = [line for line in lines[1:] if FAULT.match(line)]
    return f"{first}{faults[-1] if faults else ''}".strip()
