"""Asking for a copy of the loaded process; run as a program, it stands for that copy.

As a program it is begun in the place of Python: it hands on its streams and every signal, and ends as the
copy ends. It reads in as little as can be.
"""

import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence

HANDED_ON = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1)
STANDARD = (0, 1, 2)


def ask(asked: socket.socket, said: Mapping[str, object], streams: Sequence[int]) -> None:
    """Say at the door what is wanted, on a line, with the streams that it shall have."""
    line = json.dumps(said).encode() + b"\n"
    sent = socket.send_fds(asked, [line], streams)
    asked.sendall(line[sent:])


def main() -> None:
    """Stand for a copy until it ends."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HANDED_ON)
    door, *words = sys.argv[1:]
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(door)
    here = os.getcwd()  # noqa: PTH109 # reading in pathlib would take as long as all the rest
    said = {"words": words, "environment": dict(os.environ), "cwd": here}
    ask(asked, said, STANDARD)
    heard = asked.makefile()
    pid = int(heard.readline())
    for number in HANDED_ON:
        signal.signal(number, lambda by, _frame: os.kill(pid, by))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDED_ON)
    status = int(heard.readline() or -signal.SIGKILL)
    if status < 0:
        _end_by(-status)
    sys.exit(status)


def _end_by(number: int) -> None:
    """End by the signal that the copy ended by."""
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


if __name__ == "__main__":
    main()
