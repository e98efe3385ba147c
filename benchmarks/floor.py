"""The floor: the writes of a sign-off by hand-written SQL, and no engine around them.

One transaction: the case locked and read, its seats and answers read, the event, the sign-off, the
seat, the case and the receipt written. It checks the version and the seat, and nothing else.
"""

import hashlib
import json
import sqlite3
from datetime import datetime
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.staging import Sign
from workflow.clock import utc_now, written
from workflow.database import connect

LOCK = "SELECT version, head_seq, head_hash FROM lifecycle_case WHERE id = ?"
SEATS = (
    "SELECT s.id, s.status, o.verdict FROM seat s LEFT JOIN sign_off o"
    " ON o.seat_id = s.id AND o.standing WHERE s.round_id = ?"
)
EVENT = (
    "INSERT INTO event (case_id, seq, type, person_id, at, body, hash, prev)"
    " VALUES (?, ?, 'signoff.given', ?, ?, ?, ?, ?)"
)
SIGN_OFF = (
    "INSERT INTO sign_off (case_id, round_id, seat_id, turn, person_id, appointment_id, verdict,"
    " reason, answers, content_digest, at, event_seq, event_hash, standing, ended_as)"
    " VALUES (?, ?, ?, 1, ?, ?, 'approve', '', '{}', ?, ?, ?, ?, true, '')"
)
ANSWERED = "UPDATE seat SET status = 'answered' WHERE id = ?"
MOVED = (
    "UPDATE lifecycle_case SET head_seq = ?, head_hash = ?, head_at = ?, version = ? WHERE id = ?"
)
KEPT = (
    "INSERT INTO command_key (person_id, key, request_digest, receipt, at) VALUES (?, ?, ?, ?, ?)"
)


class SqliteFloor:
    """Through the driver of Python itself, with the settings that the program gives its own."""

    begin, lock = "BEGIN IMMEDIATE", LOCK

    def __init__(self, url: str) -> None:
        self._database = connect(url)
        raw = self._database.raw_connection().driver_connection
        assert isinstance(raw, sqlite3.Connection)
        self._connection = raw

    def run(self, statement: str, *values: Any) -> list[Any]:
        """Run one statement; what it finds, if it finds anything."""
        return self._connection.execute(statement, values).fetchall()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()
        self._database.dispose()

    def kept(self, at: datetime) -> Any:
        """An instant as the driver takes it."""
        return at.replace(tzinfo=None).isoformat(" ", "microseconds")

    def sign(self, wish: Sign) -> None:
        """Give one approval."""
        self.run(self.begin)
        self._write(wish)
        self.run("COMMIT")

    def _write(self, wish: Sign) -> None:
        (version, seq, prev), now = self.run(self.lock, wish.case_id)[0], utc_now()
        seats = {seat: status for seat, status, _ in self.run(SEATS, wish.round_id)}
        if version != wish.version or seats[wish.seat_id] != "open":
            raise RuntimeError("The floor was given a seat that is not open.")
        nothing = hashlib.sha256(b"{}").hexdigest()
        said = {
            "v": 1, "log": "primemover", "case": wish.ref, "seq": seq + 1, "prev": bytes(prev).hex(),
            "type": "signoff.given", "person": f"p{wish.person}", "role": "board_member",
            "party": wish.party, "appointment": wish.appointment, "at": written(now),
            "commitments": {},
            "what": {"round": "decision", "turn": 1, "answer": 1, "verdict": "approve",
                     "content": wish.content, "answers": nothing,
                     "seat": {"role": "board_member", "party": wish.party, "category": ""}},
        }  # fmt: skip
        body = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
        link = hashlib.sha256(b"\x00" + body).digest()
        case, person, at = wish.case_id, wish.person, self.kept(now)
        self.run(EVENT, case, seq + 1, person, at, body, link, prev)
        self.run(
            SIGN_OFF, case, wish.round_id, wish.seat_id, person, wish.appointment, wish.content, at,
            seq + 1, link,
        )  # fmt: skip
        self.run(ANSWERED, wish.seat_id)
        self.run(MOVED, seq + 1, link, at, version, case)
        self.run(KEPT, person, uuid4().hex, nothing, json.dumps({"hash": link.hex()}), at)


class PostgresFloor(SqliteFloor):
    """Through psycopg, with its own preparing of statements."""

    begin, lock = "BEGIN", f"{LOCK} FOR UPDATE"

    def __init__(self, url: str) -> None:
        plain = make_url(url).set(drivername="postgresql")
        self._psycopg = psycopg.connect(
            plain.render_as_string(hide_password=False), autocommit=True
        )

    def run(self, statement: str, *values: Any) -> list[Any]:
        """Run one statement; what it finds, if it finds anything."""
        found = self._psycopg.execute(statement.replace("?", "%s"), values)
        return found.fetchall() if found.description else []

    def close(self) -> None:
        """Let go of the connection."""
        self._psycopg.close()

    def kept(self, at: datetime) -> Any:
        """An instant as the driver takes it."""
        return at


def floor_of(url: str) -> SqliteFloor:
    """The floor for the kind of database at `url`."""
    return SqliteFloor(url) if url.startswith("sqlite") else PostgresFloor(url)
