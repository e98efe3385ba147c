"""Requests that are begun and not finished, as over a bad line."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

HEAD = (
    "POST /account/login HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
)


@contextmanager
def half_sent(address: str, count: int) -> Iterator[None]:
    """So many requests in flight whose second half does not come."""
    place = urlsplit(address)
    with ExitStack() as open_ones:
        for _ in range(count):
            line = socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
            open_ones.enter_context(line)
            line.sendall(HEAD.format(host=place.netloc).encode())
        yield
