"""The process that has loaded the product: each command that it is asked for is a copy of it.

It serves all processes of a run of the tests, for as long as the run lasts.
"""

import gc
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from runpy import run_module
from types import FrameType
from typing import Any

import config
import web
import web.cli
import workflow
from tests.support.nursery.clock import SET_BY, shift

STREAMS = 3
END = b"\n"
# Handed out by itself, and run by strangers as a script.
ALONE = "workflow.dossiers.verifier"


def load() -> None:
    """Import every module that a command may need."""
    for package in (workflow, web, config):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(ALONE):
                import_module(module.name)
    assert threading.enumerate() == [threading.main_thread()], "A thread is not copied."
    gc.freeze()


class Mother:
    """Begins copies of itself, and tells whoever asked for one how it ended.

    Whoever asked and is gone takes the copy along, as a process that is killed would be gone.
    """

    def __init__(self, listening: socket.socket, lifeline: int) -> None:
        self._listening, self._lifeline = listening, lifeline
        self._woken, self._waking = socket.socketpair()
        for end in (self._woken, self._waking):
            end.setblocking(False)
        self._asked_by: dict[int, socket.socket] = {}
        self._watched = selectors.DefaultSelector()
        signal.signal(signal.SIGCHLD, _heed)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._waking.fileno(), warn_on_full_buffer=False)

    def until_a_copy(self) -> list[str] | None:
        """Serve until the lifeline ends; in a copy it returns at once, with the words of its command."""
        for watched in (self._lifeline, self._listening, self._woken):
            self._watched.register(watched, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj: key.data for key, _ in self._watched.select()}
            for pid in filter(None, ready.values()):
                self._end(pid)
            if self._woken in ready:
                self._bury()
            if self._lifeline in ready:
                return None
            if self._listening in ready and (words := self._begin()) is not None:
                return words

    def _begin(self) -> list[str] | None:
        """The words of the command in the copy, nothing here."""
        asking, _ = self._listening.accept()
        streams, asked = _received(asking)
        pid = os.fork()
        if pid == 0:
            asking.close()
            self._forget()
            return _as_asked(streams, asked)
        for stream in streams:
            os.close(stream)
        self._asked_by[pid] = asking
        asking.sendall(f"{pid}\n".encode())
        self._watched.register(asking, selectors.EVENT_READ, pid)
        return None

    def _end(self, pid: int) -> None:
        """Whoever asked says nothing more as long as they are there."""
        self._watched.unregister(self._asked_by[pid])
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _bury(self) -> None:
        self._woken.recv(4096)
        while self._asked_by:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with self._asked_by.pop(pid) as asking:
                if asking in self._watched.get_map():
                    self._watched.unregister(asking)
                _tell(asking, os.waitstatus_to_exitcode(status))

    def _forget(self) -> None:
        """Hold nothing in a copy that is its mother's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # What is begun in the background of a shell ignores Ctrl-C; a command heeds it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._watched.close()
        for end in (self._listening, self._woken, self._waking, *self._asked_by.values()):
            end.close()
        os.close(self._lifeline)


def _heed(_number: int, _frame: FrameType | None) -> None:
    """A signal without a handler wakes nobody."""


def _received(asking: socket.socket) -> tuple[list[int], dict[str, Any]]:
    body, streams, _, _ = socket.recv_fds(asking, 1 << 16, STREAMS)
    while not body.endswith(END):
        body += asking.recv(1 << 16)
    return streams, json.loads(body)


def _as_asked(streams: Sequence[int], asked: dict[str, Any]) -> list[str]:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    if SET_BY in os.environ:
        shift(Path(os.environ[SET_BY]))
    words: list[str] = asked["words"]
    return words


def _tell(asking: socket.socket, status: int) -> None:
    """Whoever asked may have gone."""
    try:
        asking.sendall(f"{status}\n".encode())
    except OSError:
        return


def do(words: list[str]) -> None:
    """What Python does with these words after its name, or else a command of ours."""
    if words[0] == "-m":
        sys.argv = words[1:]
        run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["primemover", *words]
        web.cli.main()


def main() -> None:
    """Load everything, and be asked for copies; what they begin by Python is a copy as well."""
    sys.executable = sys.argv[3]
    load()
    asked_for = Mother(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])).until_a_copy()
    if asked_for is not None:
        do(asked_for)
