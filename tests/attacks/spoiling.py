"""Somebody with the file of the database in hand: no trigger, no key and no check is in the way."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from workflow.audit.verification.verify import verify
from workflow.tlog.verify import verify_log

FIRST = {
    # A row that says something: most columns of others are empty.
    "event": "case_id = (select id from lifecycle_case where ref = 'SSC-2026-001')",
    "lifecycle_case": "ref = 'SSC-2026-001'",
    "opening": "field = 'reason'",
    "sign_off": "standing and reason <> ''",
    "round": "paused_for <> ''",
    "attachment": "removed_at is null",
}


@dataclass
class Hand:
    """A raw connection on which nothing guards the tables."""

    raw: sqlite3.Connection

    def row(self, table: str) -> int:
        """The number of a row of the table."""
        where = FIRST.get(table, "1")
        found = self.raw.execute(f"select rowid from {table} where {where} limit 1").fetchone()
        assert found, f"nothing ever happened in {table}"
        return int(found[0])

    def value(self, table: str, column: str, row: int) -> Any:
        """What stands there, as the file holds it."""
        return self.raw.execute(f"select {column} from {table} where rowid = ?", [row]).fetchone()[
            0
        ]

    def write(self, table: str, column: str, row: int, value: Any) -> int:
        """Write something else there; returns the number that the row has from then on."""
        self.raw.execute(f"update {table} set {column} = ? where rowid = ?", [value, row])
        self.raw.commit()
        keyed = self.raw.execute(f"select 1 from {table} where rowid = ?", [row]).fetchone()
        return row if keyed else int(value)


@contextmanager
def unguarded(database: Engine) -> Iterator[Hand]:
    """The same file, opened past all that the product does; its triggers are gone for good."""
    raw = sqlite3.connect(str(database.url.database))
    raw.execute("pragma ignore_check_constraints = on")
    raw.execute("pragma synchronous = off")
    for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        raw.execute(f"drop trigger {name}")
    raw.commit()
    yield Hand(raw)
    raw.commit()
    raw.close()


def another(value: Any) -> Any:
    """Some other value of the same kind."""
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    text = str(value)
    if text[:4].isdecimal() and text[4:5] == "-":
        return f"19{text[2:]}"
    return '{"more": 1}' if text[:1] == "{" else text[:-1] + ("~" if text[-1:] != "~" else "!")


def sentences(database: Engine) -> list[str]:
    """Everything that `primemover verify` would say."""
    found = [difference.sentence for difference in verify(database).differences]
    return found + verify_log(database).differences


def copied(database: Engine, to: Path) -> Path:
    """A copy of the file as it stands."""
    shutil.copyfile(str(database.url.database), to)
    return to
