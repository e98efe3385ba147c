"""A request without end is answered and logged, and costs its process but nobody else's answer."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from config.settings import Settings
from tests.support.programs import Program, a_free_port, answers, program
from tests.support.waiting import until
from tests.web.server.test_worker import PATIENT, SERVER, told
from web.server.overrun import REQUEST_LIMIT

pytestmark = pytest.mark.processes
LIMIT, THREADS = "2", 2
ENDLESS = b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n"
Limited = tuple[int, Program]


@pytest.fixture
def limited() -> Iterator[Limited]:
    """A server of one process that gives each request two seconds."""
    port = a_free_port()
    words = (*SERVER, f"--bind=127.0.0.1:{port}", f"--worker-class={PATIENT}")
    environment = {**os.environ, "REQUEST_LIMIT": LIMIT}
    with program(*words, "tests.web.server.echo:app", environment=environment) as begun:
        begun.until(lambda: answers(f"http://127.0.0.1:{port}/"))
        yield port, begun


def asking(port: int, request: bytes) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.sendall(request)
    return client


def test_a_request_without_end_is_answered_with_when_to_come_again(limited: Limited) -> None:
    port, begun = limited

    with asking(port, ENDLESS) as client:
        said = told(client)

    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Content-Length: %d\r\n" % len(body) in head + b"\r\n"
    assert b"Retry-After: 60" in head
    until(lambda: "request.overran" in begun.said(), saying=begun.said)
    assert "GET /endless" in begun.said()
    assert "app:" in begun.said()


@pytest.mark.proof(apart=True)
def test_what_else_is_under_way_is_answered_before_the_process_leaves(limited: Limited) -> None:
    port, begun = limited
    with asking(port, ENDLESS) as endless:
        until(lambda: "endless\n" in begun.said(), saying=begun.said)
        time.sleep(float(LIMIT) / 2)

        with asking(port, b"GET /slow?1.8 HTTP/1.1\r\nHost: x\r\n\r\n") as other:
            assert told(endless).startswith(b"HTTP/1.1 503 ")
            assert told(other).startswith(b"HTTP/1.1 200 ")

    until(lambda: answers(f"http://127.0.0.1:{port}/"), saying=begun.said)


@pytest.mark.proof(apart=True)
def test_who_waits_behind_threads_without_end_is_told_when_to_come_again(limited: Limited) -> None:
    port, begun = limited
    with ExitStack() as stuck:
        for _ in range(4):
            stuck.enter_context(asking(port, ENDLESS))
        until(lambda: begun.said().count("endless\n") == THREADS, saying=begun.said)

        with asking(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as behind:
            said = told(behind)

    head, _, body = said.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 "), begun.said()
    assert b"Retry-After: 5" in head
    assert b"Content-Length: %d\r\n" % len(body) in head + b"\r\n"


def test_threads_without_end_keep_nobody_out_for_long(limited: Limited) -> None:
    port, begun = limited
    with ExitStack() as stuck:
        for _ in range(4):
            stuck.enter_context(asking(port, ENDLESS))

        until(lambda: answers(f"http://127.0.0.1:{port}/"), saying=begun.said)


def test_the_pages_give_a_request_the_time_that_the_installation_chose(
    app: Flask, settings: Settings
) -> None:
    assert app.config[REQUEST_LIMIT] == settings.request_limit > 0
