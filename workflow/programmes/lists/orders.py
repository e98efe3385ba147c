"""In which order a list stands, and where in it a page begins: after a row, never after so many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, FromClause, Integer, SmallInteger, literal, tuple_
from sqlalchemy.types import TypeEngine

from workflow.database import LARGEST, Instant
from workflow.programmes.lists.models import ListedProgramme

Key = tuple[Any, ...]
LARGEST_CENTS, LARGEST_SMALL = 10**18, 32_767
# Whatever lies between is an instant in every time zone.
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that an index holds in this order; the last of them is the number of the case."""

    columns: tuple[Any, ...]
    descending: bool = False

    def over(self, lines: FromClause) -> "Order":
        """The same order of lines that stand elsewhere."""
        return replace(self, columns=tuple(lines.c[column.key] for column in self.columns))

    def by(self, columns: Sequence[Any], *, backwards: bool) -> tuple[ColumnElement[Any], ...]:
        """What to sort `columns` by, as these stand or from the end."""
        falling = self.descending != backwards
        return tuple(column.desc() if falling else column.asc() for column in columns)

    def beyond(self, key: Key, *, backwards: bool) -> ColumnElement[bool]:
        """The condition of standing after the row with this key, or before it."""
        here = tuple_(*self.columns)
        there = tuple_(
            *(literal(value, column.type) for value, column in zip(key, self.columns, strict=True))
        )
        return here < there if self.descending != backwards else here > there

    def cursor(self, key: Key) -> str:
        """A row's key as an address carries it."""
        *values, number = key
        return "_".join((str(number), *map(_written, values)))

    def key(self, cursor: str) -> Key | None:
        """The key that an address carries; none where it makes no sense."""
        number, *values = cursor.split("_", len(self.columns) - 1)
        if len(values) != len(self.columns) - 1:
            return None
        try:
            read = [
                _read(value, column.type)
                for value, column in zip(values, self.columns, strict=False)
            ]
            return (*read, _number(number, LARGEST))
        except ValueError:
            return None


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(value: str, kind: TypeEngine[Any]) -> Any:
    match kind:
        case Instant():
            return _instant(value)
        case Date():
            return date.fromisoformat(value)
        case SmallInteger():
            return _number(value, LARGEST_SMALL)
        case Integer():
            return _number(value, LARGEST_CENTS)
    return value


def _instant(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not FIRST < at < LAST:
        raise ValueError(value)
    return at


def _number(value: str, most: int) -> int:
    number = int(value) if value.isascii() else -most - 1
    if abs(number) > most:
        raise ValueError(value)
    return number


ORDERS: Mapping[str, Order] = {
    "since": Order(
        (ListedProgramme.urgency, ListedProgramme.entered_at, ListedProgramme.case_id),
        descending=True,
    ),
    "title": Order((ListedProgramme.title_key, ListedProgramme.case_id)),
    "ref": Order((ListedProgramme.ref, ListedProgramme.case_id)),
    "budget": Order((ListedProgramme.cents, ListedProgramme.case_id), descending=True),
}
