"""A witness in a process of its own: what HTTP says, and what a kill leaves behind."""

import hashlib
import http.client
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event as Signal

import pytest

from tests.support.sizes import sized
from tests.support.waiting import PATIENCE
from tests.workflow.tlog.watched import NAME, Log
from workflow.tlog.formats.add_checkpoint import AddCheckpointRequest
from workflow.tlog.formats.note import opened
from workflow.tlog.witnesses.witness import Witness

pytestmark = pytest.mark.processes

KILLS = sized(4, 500)
SERVE = """
import sys
from pathlib import Path
from threading import Event as Signal
from workflow.tlog.witnesses.witness_server import counter
from workflow.tlog.witnesses.witness import Witness
at = counter("127.0.0.1", 0, Witness.load(Path(sys.argv[1])))
print(at.server_port, flush=True)
at.serve_forever()
"""
Told = tuple[int, str, str]


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The witness of `folder` in a process; killed at the end, without a word."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline()), process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def call(port: int, method: str, path: str, body: bytes | None = None) -> Told:
    """One request: status, content type and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read().decode()
    finally:
        connection.close()


def add(port: int, body: bytes) -> Told:
    return call(port, "POST", "/add-checkpoint", body)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def folder(tmp_path: Path, log: Log) -> Path:
    Witness.begin(tmp_path / "witness", "audit.example.org/witness", [log.key.verifier])
    return tmp_path / "witness"


def test_answers_by_the_statuses_of_the_protocol(folder: Path, log: Log) -> None:
    stranger, fork = Log(), log.grow(5).forked(3)
    with served(folder) as (port, _):
        told = {
            "good": add(port, log.asks(0, 5)),
            "behind": add(port, log.asks(0, 9)),
            "malformed": add(port, b"old 5\n"),
            "impostor": add(port, stranger.asks(5, 9)),
            "fork": add(port, fork.asks(5, 9)),
            "other root": add(port, AddCheckpointRequest(5, (), fork.note(5)).written()),
            "large": add(port, b"x" * 65_537),
            "elsewhere": call(port, "POST", "/", b""),
            "nothing": call(port, "GET", "/absent"),
        }

    assert told["behind"] == (409, "text/x.tlog.size", "5\n")
    assert {name: answer[0] for name, answer in told.items()} == {
        "good": 200,
        "behind": 409,
        "malformed": 400,
        "impostor": 403,
        "fork": 422,
        "other root": 409,
        "large": 413,
        "elsewhere": 404,
        "nothing": 404,
    }


def test_tells_its_key_and_the_last_checkpoint_of_a_log(folder: Path, log: Log) -> None:
    witness = Witness.load(folder)
    with served(folder) as (port, _):
        line = add(port, log.asks(0, 5))[2]
        key = call(port, "GET", "/")[2]
        last = call(port, "GET", f"/{hashlib.sha256(NAME.encode()).hexdigest()}/checkpoint")[2]

    assert (key, last) == (f"{witness.verifier}\n", log.note(5).decode() + line)
    assert opened(last.encode(), [witness.verifier]).signatures


def test_a_caller_without_end_is_let_go(folder: Path) -> None:
    with served(folder) as (port, _), socket.create_connection(("127.0.0.1", port)) as caller:
        caller.settimeout(PATIENCE)
        caller.sendall(b"POST /add-checkpoint HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        said = caller.recv(4096)

    assert said.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in said


def test_of_many_at_once_one_story_is_signed(folder: Path, log: Log) -> None:
    forks = [log.forked(0).grow(0) for _ in range(8)]
    for number, fork in enumerate(forks):
        fork.story = str(number).encode()
    with served(folder) as (port, _), ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda fork: add(port, fork.asks(0, 4)), forks))

    assert sorted(status for status, *_ in told) == [200] + [409] * 7


@pytest.mark.proof
def test_a_kill_forgets_nothing_that_was_signed(folder: Path, log: Log) -> None:
    """Two stories are told at once and the witness is killed at any moment, again and again."""
    signed: dict[int, set[bytes]] = {}
    chance, stories = random.Random(4), [log]

    for number in range(KILLS):
        spared = Signal()
        with served(folder) as (port, process), ThreadPoolExecutor(3) as threads:
            threads.submit(_kill, process, spared, chance.uniform(0.02, 0.3))
            if number % 2:
                spared.set()
            _tell_until_the_end(port, stories, signed, spared, threads)
        after = Witness.load(folder).latest(NAME) or ""
        assert len(after.splitlines()) >= 3
        assert int(after.splitlines()[1]) >= max(signed, default=0)

    assert signed
    assert {len(roots) for roots in signed.values()} == {1}


def _kill(process: "subprocess.Popen[str]", spared: Signal, after: float) -> None:
    """Every second time it is spared until it has signed something, however slow the machine."""
    spared.wait(PATIENCE)
    time.sleep(after)
    process.kill()


def _tell_until_the_end(
    port: int,
    stories: list[Log],
    signed: dict[int, set[bytes]],
    spared: Signal,
    threads: ThreadPoolExecutor,
) -> None:
    """Tell the witness two stories of each size until it is gone; it may know either."""
    with suppress(OSError, http.client.HTTPException):
        while True:
            last = call(port, "GET", f"/{hashlib.sha256(NAME.encode()).hexdigest()}/checkpoint")[2]
            size = int(last.split("\n")[1]) if "\n\n" in last else 0
            log = next(each for each in stories if last.startswith(_begun(each, size)))
            stories[:] = [log, log.grow(size).forked(size)]
            asked = [threads.submit(add, port, each.asks(size, size + 2)) for each in stories]
            for story, answer in zip(stories, asked, strict=True):
                with suppress(OSError, http.client.HTTPException):
                    if answer.result()[0] == 200:
                        signed.setdefault(size + 2, set()).add(story.note(size + 2))
                        spared.set()


def _begun(log: Log, size: int) -> str:
    return log.note(size).decode() if size else ""
