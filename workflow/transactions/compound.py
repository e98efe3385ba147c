"""Writes that know nothing of each other, sent side by side as one statement where that is cheaper.

PostgreSQL is sent as one what goes to different tables and reads none: each row that is sent on its
own costs the driver as much as all of it together. What they do is the same, and so is what fails.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Dialect, FromClause, Insert, Update
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import SelectBase

from workflow.transactions.statements import Asked, PreparedStatement, Spelling, Spelt, spelt

# With more values than these, psycopg composes a statement anew each time.
MOST_VALUES = 50
PLACE = re.compile(r"%\((\w+)\)s")


class Group(NamedTuple):
    """One statement for what stands from `first` to `end` in what is owed, with the names of its values."""

    first: int
    end: int
    spelling: Spelling
    names: tuple[tuple[tuple[str, str], ...], ...]

    def of(self, told: Sequence[Spelt]) -> Spelt:
        """The statement with the values of all that it does."""
        if not self.names:
            return told[self.first]
        named = zip(told[self.first : self.end], self.names, strict=True)
        return self.spelling, {
            here: values[name] for (_, values), names in named for name, here in names
        }


def _as_one(alone: Sequence[Spelt], first: int, end: int) -> Group:
    """These statements as one; a value is called by its name and the place of whose it is."""
    if len(alone) == 1:
        return Group(first, end, alone[0][0], ())
    texts = [spelling.text for spelling, _ in alone]
    names = (
        tuple((name, f"{name}_{at}") for name in dict.fromkeys(PLACE.findall(text)))
        for at, text in enumerate(texts)
    )
    return Group(first, end, _compound(texts), tuple(names))


class Compounds:
    """Finds what can go side by side in what an act owes; each compound is composed once."""

    def __init__(self) -> None:
        self._tables: dict[PreparedStatement, FromClause | None] = {}
        self._groups: dict[tuple[PreparedStatement, ...], tuple[Group, ...]] = {}

    def of(self, owed: Sequence[Asked], dialect: Dialect) -> list[Spelt]:
        """What to send for what is owed, in its order."""
        if dialect.name != "postgresql":
            return spelt(owed, dialect)
        told = spelt(owed, dialect)
        key = tuple([statement for statement, _ in owed])
        if key not in self._groups:
            groups = self._side_by_side(owed)
            self._groups[key] = tuple(_as_one(told[first:end], first, end) for first, end in groups)
        return [group.of(told) for group in self._groups[key]]

    def _side_by_side(self, owed: Sequence[Asked]) -> Iterator[tuple[int, int]]:
        """From where to where what is owed goes as one statement."""
        first, tables, number = 0, set[FromClause | None](), 0
        for at, (statement, values) in enumerate(owed):
            table = self._table(statement)
            number += len(values)
            if first < at and (table is None or {table, None} & tables or number > MOST_VALUES):
                yield first, at
                first, tables, number = at, set(), len(values)
            tables.add(table)
        if owed:
            yield first, len(owed)

    def _table(self, statement: PreparedStatement) -> FromClause | None:
        if statement not in self._tables:
            self._tables[statement] = only_table(statement.composed)
        return self._tables[statement]


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
