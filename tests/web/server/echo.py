"""The smallest application behind the server: it tells what it was sent, or sends very much."""

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with the digest of the body; `/much` with 12 MB, `/slow` after a while, `/endless` never."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(float(environ["QUERY_STRING"]))
    if environ["PATH_INFO"] == "/endless":
        # In one piece: two threads that say so at once stand on two lines.
        sys.stderr.write("endless\n")
        sys.stderr.flush()
    while environ["PATH_INFO"] == "/endless":
        time.sleep(0.01)
    body = environ["wsgi.input"].read() if environ["PATH_INFO"] != "/unread" else b""
    answer = [b"x" * 1_000_000] * 12 if environ["PATH_INFO"] == "/much" else [digest(body)]
    length = str(sum(map(len, answer)))
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", length)])
    return answer


def digest(body: bytes) -> bytes:
    """What is told of a body."""
    return f"{len(body)} {hashlib.sha256(body).hexdigest()}".encode()


# As Flask's: the server asks the application how much it takes.
app.config = {  # type: ignore[attr-defined]
    "MAX_CONTENT_LENGTH": 30_000_000,
    "OWN_THREADS": ("GET /slow",),
    "REQUEST_LIMIT": float(os.environ.get("REQUEST_LIMIT", "0")),
}
