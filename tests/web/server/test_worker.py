"""The server under clients that send or read slowly: its threads are never theirs."""

import os
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tests.support.programs import Program, a_free_port, answers, program, started
from tests.support.waiting import until
from tests.web.server.echo import digest

pytestmark = pytest.mark.processes
SERVER = (sys.executable, "-m", "gunicorn", "--threads=2", "--no-control-socket")
PATIENT = "web.server.worker.PatientWorker"
SOON = 5.0
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n"
MOST = 30_000_000
FEW_FILES = 64
LIMITED = ("sh", "-c", f'ulimit -n {FEW_FILES} && exec "$@"', "limited")
# What the parser asks the socket for.
READ_AT_ONCE = 8192


class Serving:
    """A server with two threads, and ways to speak to it."""

    def __init__(self, port: int, process: Program) -> None:
        self.port, self.process = port, process
        self.open = ExitStack()

    def says(self, *pieces: bytes) -> socket.socket:
        """A connection on which these bytes were sent."""
        client = self.open.enter_context(
            socket.create_connection(("127.0.0.1", self.port), timeout=60)
        )
        for piece in pieces:
            client.sendall(piece)
        return client

    def page(self, path: str = "/", timeout: float = SOON) -> int:
        """The status of another page, which must come soon."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as asked:
            asked.request("GET", path)
            return asked.getresponse().status


@pytest.fixture(scope="module")
def server() -> Iterator[Serving]:
    yield from _server(PATIENT)


def _server(worker: str, *before: str) -> Iterator[Serving]:
    port = a_free_port()
    words = (*before, *SERVER, f"--bind=127.0.0.1:{port}", f"--worker-class={worker}")
    with program(*words, "tests.web.server.echo:app", environment=dict(os.environ)) as begun:
        begun.until(lambda: answers(f"http://127.0.0.1:{port}/"))
        yield Serving(port, begun)


@pytest.fixture
def crowded() -> Iterator[Serving]:
    """A server that may have fewer files open than clients come to it."""
    for begun in _server(PATIENT, *LIMITED):
        with ExitStack() as begun.open:
            yield begun


@pytest.fixture
def clients(server: Serving) -> Iterator[Serving]:
    with ExitStack() as stack:
        server.open = stack
        yield server


def told(client: socket.socket, size: int = 10_000) -> bytes:
    """What the server says until it has said so much or ends the connection."""
    said = b""
    while len(said) < size and (piece := client.recv(65_536)):
        said += piece
    return said


HALF = {
    "nothing": b"",
    "half a head": b"POST /account/login HTTP/1.1\r\nHost: x\r\nCont",
    "no body": HEAD + b"\r\n",
    "half a body": HEAD + b"\r\nemail=",
    "half a chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n500\r\nemail",
    "a body announced first": HEAD + b"Expect: 100-continue\r\n\r\n",
    "a second request half": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" + HEAD,
    "empty lines": b"\r\n\r\n",
}


@pytest.mark.parametrize("half", HALF)
def test_ten_half_sent_requests_keep_nobody_out(clients: Serving, half: str) -> None:
    for _ in range(10):
        clients.says(HALF[half])

    assert [clients.page() for _ in range(3)] == [200] * 3


def test_the_naive_server_lets_half_sent_requests_keep_everybody_out() -> None:
    for naive in _server("gthread"):
        with ExitStack() as naive.open:
            for _ in range(2):
                naive.says(HALF["half a body"])

            with pytest.raises(TimeoutError):
                naive.page(timeout=1.0)


def test_ten_who_do_not_read_a_long_answer_keep_nobody_out(clients: Serving) -> None:
    asked = b"GET /much HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    readers = [clients.says(asked) for _ in range(10)]

    assert [clients.page(timeout=60) for _ in range(3)] == [200] * 3
    assert told(readers[0], 50_000_000).endswith(b"x" * 12_000_000)


def test_a_body_that_drips_is_taken_when_it_is_there(clients: Serving) -> None:
    body = b"email=amina" * 20
    client = clients.says(HEAD.replace(b"500", b"220") + b"Connection: close\r\n\r\n")
    for at in range(0, len(body), 20):
        client.sendall(body[at : at + 20])
        assert clients.page() == 200

    assert told(client).endswith(digest(body))


def test_a_head_that_never_ends_is_ended_with_a_word(clients: Serving) -> None:
    client = clients.says(HALF["half a head"])
    begun = time.monotonic()

    said = told(client)

    assert said.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - begun > 5


def test_a_client_is_told_to_go_on_before_its_body_is_there(clients: Serving) -> None:
    client = clients.says(HEAD + b"Expect: 100-continue\r\nConnection: close\r\n\r\n")
    go_on = client.recv(100)

    client.sendall(b"x" * 500)

    assert go_on.startswith(b"HTTP/1.1 100 ")
    assert told(client).endswith(digest(b"x" * 500))


def test_who_is_gone_before_being_told_to_go_on_ends_no_process(clients: Serving) -> None:
    at_once = struct.pack("ii", 1, 0)
    for _ in range(20):
        client = clients.says(HEAD + b"Expect: 100-continue\r\n\r\n")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        client.close()

    assert [clients.page() for _ in range(3)] == [200] * 3
    assert "Exception in worker process" not in clients.process.said()


@pytest.mark.parametrize("half", ["half a head", "half a body"])
@pytest.mark.proof(apart=True)
def test_more_clients_than_files_end_no_process(crowded: Serving, half: str) -> None:
    for _ in range(2 * FEW_FILES):
        crowded.says(HALF[half])

    assert [crowded.page(timeout=30) for _ in range(3)] == [200] * 3
    assert "Traceback" not in crowded.process.said()


@pytest.mark.proof(apart=True)
def test_bodies_that_find_no_room_end_no_process(crowded: Serving) -> None:
    large = HEAD.replace(b"500", b"500000") + b"\r\n" + b"x" * 300_000
    for _ in range(FEW_FILES * 2 // 3):
        crowded.says(large)

    assert [crowded.page(timeout=30) for _ in range(3)] == [200] * 3
    assert "Traceback" not in crowded.process.said()


def test_a_body_that_cannot_be_followed_is_answered_once(clients: Serving) -> None:
    broken = b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcXX0\r\n\r\n"
    client = clients.says(b"POST /unread HTTP/1.1\r\nHost: x\r\n" + broken)

    assert told(client).count(b"HTTP/1.1 ") == 1


def test_a_request_sent_ahead_is_answered_wherever_the_one_before_ends(clients: Serving) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\n"
    filled = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 2000) for number in range(4))
    rest = READ_AT_ONCE - len(head + filled + b"X: \r\n\r\n")
    first = head + filled + b"X: " + b"x" * rest + b"\r\n\r\n"
    client = clients.says(first + head + b"Connection: close\r\n\r\n")

    assert told(client).count(b"HTTP/1.1 200 ") == 2


def test_a_large_body_arrives_whole(clients: Serving) -> None:
    body = os.urandom(1_000_000) * 25
    asked = HTTPConnection("127.0.0.1", clients.port, timeout=60)

    asked.request("POST", "/", body)

    assert asked.getresponse().read() == digest(body)
    asked.close()


def test_a_body_in_chunks_arrives_whole(clients: Serving) -> None:
    pieces = [b"0\r\n\r\n", b"x" * 9000, b"\r\n0\r\n\r\n"]
    asked = HTTPConnection("127.0.0.1", clients.port, timeout=60)

    asked.request("POST", "/", iter(pieces), {"Transfer-Encoding": "chunked"}, encode_chunked=True)

    assert asked.getresponse().read() == digest(b"".join(pieces))
    asked.close()


def test_a_body_that_is_too_large_is_answered_without_being_waited_for(clients: Serving) -> None:
    length = str(MOST + 1).encode()
    client = clients.says(
        b"POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + b"\r\n\r\n", b"x" * 100
    )

    assert told(client).endswith(digest(b""))


def test_a_connection_serves_one_request_after_the_other(clients: Serving) -> None:
    asked = HTTPConnection("127.0.0.1", clients.port, timeout=60)
    ports = set()
    for number in range(5):
        asked.request("POST", "/", b"x" * number)
        assert asked.getresponse().read() == digest(b"x" * number)
        ports.add(asked.sock.getsockname())

    assert len(ports) == 1
    asked.close()


def test_requests_sent_ahead_are_answered_in_order(clients: Serving) -> None:
    first = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\none"
    last = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthree"
    client = clients.says(first + first + last[:-3], last[-3:])

    said = told(client)

    found = [line for line in said.split(b"\r\n") if line[:1] in b"0123456789"]
    assert [digest(b"one") in said, said.count(digest(b"one")), found[-1]] == [
        True,
        2,
        digest(b"three"),
    ]


def test_a_request_that_takes_long_is_logged_with_its_place(clients: Serving) -> None:
    asked = HTTPConnection("127.0.0.1", clients.port, timeout=60)
    asked.request("GET", "/slow?11")

    until(lambda: "request.slow" in clients.process.said(), saying=clients.process.said)

    assert "app:" in clients.process.said()
    asked.close()


def test_what_is_slow_on_purpose_keeps_nobody_else_waiting(clients: Serving) -> None:
    for _ in range(10):
        clients.says(b"GET /slow?0.5 HTTP/1.1\r\nHost: x\r\n\r\n")

    assert [clients.page(timeout=4) for _ in range(3)] == [200] * 3


def test_who_has_left_meanwhile_is_not_served(clients: Serving) -> None:
    asked = b"GET /slow?0.5 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    for _ in range(100):
        clients.says(asked).close()

    begun = time.monotonic()
    last = told(clients.says(asked))

    assert last.startswith(b"HTTP/1.1 200 ")
    assert time.monotonic() - begun < 20


@pytest.mark.proof(alone=True)
def test_who_has_waited_long_is_told_when_to_come_again(clients: Serving) -> None:
    asked = b"GET /slow?26 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    slow = [clients.says(asked) for _ in range(2)]

    said = told(clients.says(asked.replace(b"26", b"0")))

    assert said.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: 20\r\n" in said
    assert all(told(each).startswith(b"HTTP/1.1 200 ") for each in slow)


def test_more_than_can_wait_are_told_when_to_come_again(clients: Serving) -> None:
    asked = b"GET /slow?0.01 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    slow = [clients.says(asked.replace(b"0.01", b"2")) for _ in range(2)]
    crowd = [clients.says(asked) for _ in range(310)]

    said = [told(each) for each in crowd]

    refused = [each for each in said if each.startswith(b"HTTP/1.1 503 ")]
    assert 1 <= len(refused) <= 12
    assert b"\r\nRetry-After: 20\r\n" in refused[0]
    assert all(told(each).startswith(b"HTTP/1.1 200 ") for each in slow)


FORM = (
    b"POST /account/login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
)
BROKEN = (
    b"zz\r\nabc\r\n0\r\n\r\n",
    b"3\r\nabcXX0\r\n\r\n",
    b"3\r\nabc\r\n0\r\nno trailer\r\n\r\n",
    b"3;" + b"a" * 200_000 + b"\r\nabc\r\n0\r\n\r\n",
    b"0\r\n" + b"a: b\r\n" * 20_000 + b"\r\n",
)


@pytest.mark.proof(apart=True)
def test_the_server_of_the_command_line_waits_for_nobody(sqlite_url: str, tmp_path: object) -> None:
    secret = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"
    port = a_free_port()
    chosen = {"home": tmp_path, "database_url": sqlite_url, "secret_key": secret, "threads": 2}
    with started("run", "--port", str(port), **chosen) as begun, ExitStack() as stack:
        begun.until(lambda: answers(f"http://127.0.0.1:{port}/account/login"))
        serving = Serving(port, begun)
        serving.open = stack
        for _ in range(10):
            serving.says(HALF["half a body"])
        broken = [told(serving.says(FORM + body)) for body in BROKEN]

        assert [each[:13] for each in broken] == [b"HTTP/1.1 400 "] * len(BROKEN)
        assert "request.crashed" not in begun.said()
        assert [serving.page("/account/login", 30) for _ in range(3)] == [200] * 3
