"""What the tables of a PostgreSQL database hold, taken once and laid back again and again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

Marks = Mapping[str, tuple[int, int]]
TABLES = """
    select relname from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname
"""
SEQUENCES = """
    select relname from pg_class
    where relkind = 'S' and relnamespace = 'public'::regnamespace order by relname
"""
# A row says by this number which transaction wrote it.
NUMBER = sql.SQL("pg_current_xact_id()::xid::text::bigint")
# Every change to what a table, a trigger or a function is, writes a row here or takes one away.
SHAPE = """
    select concat_ws(' ',
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_attribute),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_trigger),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_proc),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_constraint),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_index),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_attrdef),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_rewrite),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_policy),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_extension),
      (select concat(count(*), ':', sum(xmin::text::bigint)) from pg_namespace),
      (select sum(hashtext(concat_ws(' ', oid, relname, relkind, relnamespace, relowner,
                                     relrowsecurity, relpersistence))::bigint) from pg_class))
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows of every table, as PostgreSQL's COPY writes them, and where every sequence stands."""

    rows: Mapping[str, bytes]
    sequences: Mapping[str, tuple[int, bool]]

    @classmethod
    def taken(cls, connection: psycopg.Connection) -> "Snapshot":
        """The present content of a database."""
        return cls(
            {table: _rows(connection, table) for table in names(connection, TABLES)},
            {name: _standing(connection, name) for name in names(connection, SEQUENCES)},
        )

    @classmethod
    def read(cls, folder: Path) -> "Snapshot":
        """What `keep` put into a folder."""
        sequences = json.loads((folder / "sequences.json").read_text())
        return cls(
            {path.stem: path.read_bytes() for path in sorted(folder.glob("*.rows"))},
            {name: (value, called) for name, (value, called) in sequences.items()},
        )

    def keep(self, folder: Path) -> None:
        """Put the content into a folder, for the other processes of the run."""
        for table, rows in self.rows.items():
            (folder / f"{table}.rows").write_bytes(rows)
        (folder / "sequences.json").write_text(json.dumps(dict(self.sequences)))

    def lay(
        self, connection: psycopg.Connection, present: Marks, holding: Mapping[str, bytes]
    ) -> Marks:
        """Make the tables hold these rows, of which some are known to hold theirs; say the marks now.

        On a connection before which triggers that close the trail, and foreign keys, look away.
        """
        changed = [table for table in self.rows if holding.get(table) != self.rows[table]]
        full = (table for table in changed if present[table] != (0, 0))
        emptied = [sql.SQL("delete from {}").format(sql.Identifier(table)) for table in full]
        with connection.transaction():
            if emptied:
                connection.execute(sql.SQL("; ").join(emptied))
            for table in changed:
                if self.rows[table]:
                    into = sql.SQL("copy {} from stdin").format(sql.Identifier(table))
                    with connection.cursor().copy(into) as copy:
                        copy.write(self.rows[table])
            written_by = self._stand_again(connection)
        laid = ((table, self.rows[table].count(b"\n")) for table in changed)
        return {**present, **{table: (count, count * written_by) for table, count in laid}}

    def marks(self, connection: psycopg.Connection) -> Marks:
        """How many rows each table has and the sum of the transactions that wrote them.

        A later transaction has a greater number, so two equal marks mean the same rows.
        """
        every = sql.SQL(" union all ").join(
            sql.SQL(
                "select {}, count(*), coalesce(sum(xmin::text::bigint), 0)::bigint from {}"
            ).format(sql.Literal(table), sql.Identifier(table))
            for table in self.rows
        )
        return {
            table: (count, told) for table, count, told in connection.execute(every, prepare=True)
        }

    def _stand_again(self, connection: psycopg.Connection) -> int:
        """Set every sequence, and say which transaction did so."""
        each = [
            sql.SQL("setval({}, {}, {})").format(
                sql.Literal(name), sql.Literal(value), sql.Literal(called)
            )
            for name, (value, called) in self.sequences.items()
        ]
        said = connection.execute(sql.SQL("select {}").format(sql.SQL(", ").join([NUMBER, *each])))
        (number, *_) = said.fetchone() or (0,)
        return int(number)


def shape(connection: psycopg.Connection) -> str:
    """What changes with any change to what tables, triggers and functions there are."""
    found = connection.execute(SHAPE).fetchone()
    return str(found)


def names(connection: psycopg.Connection, question: str) -> list[str]:
    """The names that a question to the catalogue finds."""
    return [name for (name,) in connection.execute(question)]


def _rows(connection: psycopg.Connection, table: str) -> bytes:
    out = sql.SQL("copy {} to stdout").format(sql.Identifier(table))
    with connection.cursor().copy(out) as copy:
        return b"".join(bytes(part) for part in copy)


def _standing(connection: psycopg.Connection, name: str) -> tuple[int, bool]:
    stands = sql.SQL("select last_value, is_called from {}").format(sql.Identifier(name))
    found = connection.execute(stands).fetchone()
    assert found is not None
    return found[0], found[1]
