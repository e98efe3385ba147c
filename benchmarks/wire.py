"""Listens in between: what a program really asks of its database, whichever way it asks.

On PostgreSQL a relay reads the messages of the protocol as they pass; on SQLite the library itself
tells each statement. Neither asks SQLAlchemy, so what is run past it is heard as well.
"""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

WITHOUT_TYPE = (80_877_102, 80_877_103, 80_877_104)
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "--")
# After a simple query, a sync and a flush the client waits for the server.
QUERY, SYNC, FLUSH = b"Q", b"S", b"H"
ASKS = {QUERY, SYNC, FLUSH}
CHUNK = 65_536


@dataclass(slots=True)
class Heard:
    """What was asked: statements in their order, transactions begun, and waits for an answer.

    SQLite is in the same process: nobody waits for a network, and `trips` stays at nothing.
    """

    statements: list[str] = field(default_factory=list)
    transactions: int = 0
    writing: int = 0
    trips: int = 0

    def hear(self, statement: str) -> None:
        """Take one statement down."""
        text = statement.lstrip()
        first = text[:9].upper()
        if first.startswith("BEGIN"):
            self.transactions += 1
            self.writing += "IMMEDIATE" in text.upper()
        elif first and not first.startswith(CONTROL):
            self.statements.append(" ".join(text.split()))

    def hear_once(self, statement: str) -> None:
        """Take one statement down that is told again for each trigger that it sets off."""
        if " ".join(statement.split()) not in self.statements[-1:]:
            self.hear(statement)

    def forget(self) -> None:
        """Begin anew."""
        self.statements.clear()
        self.transactions = self.writing = self.trips = 0


@contextmanager
def relayed(url: str, heard: Heard) -> Iterator[str]:
    """The address of a relay to the PostgreSQL server at `url`, which takes down what passes."""
    address = make_url(url)
    listener = socket.create_server(("127.0.0.1", 0))
    server = (address.host or "127.0.0.1", address.port or 5432)
    begin(accepting, listener, server, heard)
    try:
        here = address.set(host="127.0.0.1", port=listener.getsockname()[1])
        yield here.render_as_string(hide_password=False)
    finally:
        listener.close()


def traced(database: Engine, heard: Heard) -> None:
    """Take down what SQLite runs on every connection that this engine opens from now on."""

    def opened(raw: sqlite3.Connection, _record: Any) -> None:
        raw.set_trace_callback(heard.hear_once)

    event.listen(database, "connect", opened)


def begin(work: Any, *of: Any) -> None:
    """Do this beside everything else, until it ends by itself."""
    threading.Thread(target=work, args=of, daemon=True).start()


def accepting(listener: socket.socket, server: tuple[str, int], heard: Heard) -> None:
    """Join each caller with the server until the listener is closed."""
    with suppress(OSError):
        while True:
            client, _ = listener.accept()
            behind = socket.create_connection(server)
            for each in (client, behind):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            begin(pump, client, behind, Listener(heard))
            begin(pump, behind, client, None)


def pump(source: socket.socket, target: socket.socket, listener: "Listener | None") -> None:
    """Hand on what comes until an end is closed, and close the other with it."""
    with source, suppress(OSError):
        while chunk := source.recv(CHUNK):
            if listener:
                listener.take(chunk)
            target.sendall(chunk)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


class Listener:
    """Reads what one client says, message by message."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._rest = b""
        self._greeted = False
        self._prepared: dict[bytes, str] = {}
        self._bound = ""
        self._before = b""

    def take(self, chunk: bytes) -> None:
        """Read every message that is whole by now."""
        self._rest += chunk
        while (size := self._size()) and len(self._rest) >= size:
            message, self._rest = self._rest[:size], self._rest[size:]
            if self._greeted:
                self._message(message[:1], message[5:])
            else:
                self._greeted = int.from_bytes(message[4:8], "big") not in WITHOUT_TYPE

    def _size(self) -> int:
        """How long the next message is, if that can be told yet."""
        before = 1 if self._greeted else 0
        told = self._rest[before : before + 4]
        return before + int.from_bytes(told, "big") if len(told) == 4 else 0

    def _message(self, kind: bytes, body: bytes) -> None:
        if kind == b"Q":
            for statement in body.rstrip(b"\0").decode().split(";"):
                self._heard.hear(statement)
        elif kind == b"P":
            name, query, _ = body.split(b"\0", 2)
            self._prepared[name] = query.decode()
        elif kind == b"B":
            _, name, _ = body.split(b"\0", 2)
            self._bound = self._prepared[name]
        elif kind == b"E":
            self._heard.hear(self._bound)
        # A flush behind a sync asks for the same answers: they are waited for once.
        self._heard.trips += kind in ASKS and (kind, self._before) != (FLUSH, SYNC)
        self._before = kind
