"""How a process of ours is told to end: by a signal, or by the end of whoever began it."""

import os
import signal
import sys
from threading import Event, Thread
from types import FrameType


def told_to_end(*, with_parent: bool) -> Event:
    """What is set when this process is to finish: on TERM, on Ctrl-C, or with its parent."""
    ending = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    signal.signal(signal.SIGTERM, end)
    if not with_parent:
        signal.signal(signal.SIGINT, end)
        return ending
    # A Ctrl-C in a terminal reaches every process; the parent says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        # Past Python's own buffer, whose lock a thread left behind would hold at the end.
        while os.read(sys.stdin.fileno(), 1):
            pass
        ending.set()

    Thread(target=watch, daemon=True).start()
    return ending
