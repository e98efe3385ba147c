"""Rows of one table written several at a time, by statements that are composed once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, insert

from workflow.transactions.statements import Asked, PreparedStatement

MOST = 8


class PreparedRows:
    """Inserts into the `columns` of a table; `back` are those that it tells of what was written."""

    def __init__(self, table: Table, columns: Sequence[str], back: Sequence[str] = ()) -> None:
        self._table, self._columns, self._back = table, columns, back
        self._prepared: dict[int, PreparedStatement] = {}

    def of(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[Asked]:
        """What writes these rows: as few statements as there can be, of so many shapes only."""
        for first in range(0, len(rows), MOST):
            some = rows[first : first + MOST]
            values = {
                f"{name}_{place}": row[name]
                for place, row in enumerate(some)
                for name in self._columns
            }
            yield self._for(len(some)), values

    def _for(self, number: int) -> PreparedStatement:
        if number not in self._prepared:
            kinds = {name: self._table.c[name].type for name in self._columns}
            rows = [
                {name: bindparam(f"{name}_{at}", type_=kind) for name, kind in kinds.items()}
                for at in range(number)
            ]
            written = insert(self._table).values(rows)
            told = [self._table.c[name] for name in self._back]
            self._prepared[number] = PreparedStatement(
                written.returning(*told) if told else written.inline()
            )
        return self._prepared[number]
