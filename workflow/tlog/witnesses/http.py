"""One request to a witness over HTTP: bounded in time and size, and led nowhere else."""

import http.client
import socket
from dataclasses import dataclass
from threading import Timer
from typing import Self
from urllib.parse import urlsplit

from workflow.errors import Invalid
from workflow.faults.outages import said
from workflow.phrase import phrase

PATIENCE = 10.0
AT_MOST = 25.0
LARGEST = 65_536


class Unreachable(Exception):
    """The witness did not answer; the sentence says how that went."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What a witness answered."""

    status: int
    type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Address:
    """Where a witness takes checkpoints in."""

    secure: bool
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, url: str) -> Self:
        """The address that `url` names; http and https alone."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise Invalid(phrase("The address of a witness begins with http:// or https://."))
        secure = parts.scheme == "https"
        path = f"{parts.path.rstrip('/')}/add-checkpoint"
        return cls(secure, parts.hostname, parts.port or (443 if secure else 80), path)

    def post(self, body: bytes) -> Replied:
        """Send a request; a redirect is an answer like any other, and is not followed."""
        kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
        connection = kind(self.host, self.port, timeout=PATIENCE)
        try:
            connection.connect()
            return _asked(connection, self.path, body)
        except (OSError, http.client.HTTPException) as fault:
            raise Unreachable(said(fault)[:300]) from fault
        finally:
            connection.close()


def _asked(connection: http.client.HTTPConnection, path: str, body: bytes) -> Replied:
    # Each read waits so long at most; a witness that sends a byte now and then is cut off.
    end = Timer(AT_MOST, _cut, [connection.sock])
    end.start()
    try:
        connection.request("POST", path, body, {"Content-Type": "text/plain; charset=utf-8"})
        answer = connection.getresponse()
        content = answer.read(LARGEST + 1)
    finally:
        end.cancel()
    if len(content) > LARGEST:
        raise http.client.HTTPException("The answer is too large.")
    return Replied(answer.status, answer.headers.get("Content-Type", ""), content)


def _cut(sock: socket.socket) -> None:
    sock.shutdown(socket.SHUT_RDWR)
