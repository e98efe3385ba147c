"""A request is whole when its last byte has come, however the bytes are cut."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.server.arrival import BODY_PATIENCE, BYTES_A_SECOND, HEAD_PATIENCE, LARGEST_HEAD, Arrival

HEAD = b"POST /account/login HTTP/1.1\r\nHost: x\r\n"
WITH_LENGTH = HEAD + b"content-LENGTH:  11\r\n\r\nemail=a%40b"
IN_CHUNKS = (
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;x=1\r\nemail\r\n3\r\n\r\n0\r\n0\r\nA: b\r\n\r\n"
)
WITHOUT_BODY = b"\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
WHOLE = [WITH_LENGTH, IN_CHUNKS, WITHOUT_BODY]


@contextmanager
def arriving(*pieces: bytes, largest: int = 1000) -> Iterator[Arrival]:
    with closing(Arrival(largest)) as coming:
        for piece in pieces:
            coming.add(piece)
        yield coming


@pytest.mark.parametrize("request_", WHOLE)
@given(cuts=st.sets(st.integers(1, 120)))
def test_a_request_is_whole_with_its_last_byte_and_not_before(
    request_: bytes, cuts: set[int]
) -> None:
    places = sorted({0, *(cut for cut in cuts if cut < len(request_)), len(request_) - 1})
    with arriving(*(request_[a:b] for a, b in pairwise(places))) as coming:
        before = coming.whole

        coming.add(request_[-1:])

        assert not before
        assert coming.whole
        assert coming.take(10_000) == request_


@pytest.mark.parametrize("request_", WHOLE)
def test_what_was_sent_ahead_begins_the_next_request(request_: bytes) -> None:
    with arriving(request_ + b"GET /next HTTP/1.1\r\n") as coming:
        read = coming.take(len(request_) + 5)

        coming.await_next(read[len(request_) :])

        assert not coming.whole
        coming.add(b"\r\n")
        assert coming.whole
        assert coming.take(100) == b"GET /next HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize(
    "said",
    [
        HEAD + b"Content-Length: 1001\r\n\r\n",
        b"x" * (LARGEST_HEAD + 1),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nno number\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"9" * 9000,
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nFFF\r\n" + b"x" * 1000,
        HEAD + b"Content-Length: twelve\r\n\r\n",
        HEAD + b"Content-Length: 99999999999999999999999999999\r\n\r\n",
    ],
)
def test_nobody_waits_for_what_the_parser_will_refuse(said: bytes) -> None:
    with arriving(said) as coming:
        assert coming.ready


def test_a_head_has_little_time_and_a_body_more_with_all_that_comes_of_it() -> None:
    head = HEAD + b"Content-Length: 20000000\r\n\r\n"
    tenth = b"x" * 10 * BYTES_A_SECOND

    with (
        arriving(HEAD) as begun,
        arriving(head, largest=10**8) as announced,
        arriving(head, tenth, largest=10**8) as sent,
    ):
        assert begun.patience == HEAD_PATIENCE
        assert announced.patience == pytest.approx(BODY_PATIENCE, abs=1)
        assert sent.patience == pytest.approx(BODY_PATIENCE + 10, abs=1)


def test_a_client_that_asks_whether_to_go_on_is_heard() -> None:
    with arriving(HEAD + b"Expect: 100-Continue\r\nContent-Length: 5\r\n\r\n") as coming:
        assert coming.expects_continue
