"""Writes that know nothing of each other, sent side by side as one statement where that is cheaper.

PostgreSQL is sent as one what goes to different tables and reads none: each row that is sent on its
own costs the driver as much as all of it together. What they do is the same, and so is what fails.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Dialect, FromClause, Insert, Update
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import SelectBase

from workflow.transactions.statements import Asked, PreparedStatement, Spelling, Spelt, spelt

# With more values than these, psycopg composes a statement anew each time.
MOST_VALUES = 50
PLACE = re.compile(r"%\((\w+)\)s")


class Compounds:
    """Finds what can go side by side in what an act owes; each compound is composed once."""

    def __init__(self) -> None:
        self._tables: dict[PreparedStatement, FromClause | None] = {}
        self._composed: dict[tuple[PreparedStatement, ...], Spelling] = {}

    def of(self, owed: Sequence[Asked], dialect: Dialect) -> Iterator[Spelt]:
        """What to send for what is owed, in its order."""
        if dialect.name != "postgresql":
            yield from spelt(owed, dialect)
            return
        for group in self._groups(owed):
            yield self._together(group, list(spelt(group, dialect)))

    def _groups(self, owed: Sequence[Asked]) -> Iterator[list[Asked]]:
        group, tables, number = list[Asked](), set[FromClause | None](), 0
        for statement, values in owed:
            table = self._table(statement)
            number += len(values)
            if group and (table is None or {table, None} & tables or number > MOST_VALUES):
                yield group
                group, tables, number = [], set(), len(values)
            group.append((statement, values))
            tables.add(table)
        if group:
            yield group

    def _table(self, statement: PreparedStatement) -> FromClause | None:
        if statement not in self._tables:
            self._tables[statement] = only_table(statement.composed)
        return self._tables[statement]

    def _together(self, group: Sequence[Asked], alone: Sequence[Spelt]) -> Spelt:
        if len(group) == 1:
            return alone[0]
        key = tuple(statement for statement, _ in group)
        if key not in self._composed:
            self._composed[key] = _compound([spelling.text for spelling, _ in alone])
        named = enumerate(values for _, values in alone)
        return self._composed[key], {
            f"{name}_{at}": value for at, values in named for name, value in values.items()
        }


def _compound(texts: Sequence[str]) -> Spelling:
    """One statement for several; each name in it ends with the place of whose it is."""
    *first, last = (PLACE.sub(rf"%(\1_{at})s", text) for at, text in enumerate(texts))
    beside = ", ".join(f"beside_{at} AS ({text})" for at, text in enumerate(first))
    return Spelling(f"WITH {beside} {last}", fixed={}, takes=(), in_order=None, row=None, gives=())


def only_table(composed: Any) -> FromClause | None:
    """The table that a write goes to, where it reads no other and tells nothing; else none."""
    if not isinstance(composed, Insert | Update) or composed.exported_columns:
        return None
    parts = list(visitors.iterate(composed))
    of = {part.table for part in parts if isinstance(part, Column)}
    reads = any(isinstance(part, SelectBase) for part in parts)
    return None if reads or of - {composed.table} else composed.table
