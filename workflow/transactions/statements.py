"""Statements composed once, as the driver itself takes them.

What an act asks and writes is always the same few statements, and composing one takes longer than
running it: so each is compiled once for each kind of database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, LargeBinary, TextClause
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

Values = Mapping[str, Any]
# What turns a value of ours into the driver's, or one of the driver's into ours.
How = Callable[[Any], Any]
# Values of these kinds are taken by both drivers as they are.
AS_THEY_ARE = (LargeBinary, Boolean)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A statement as one driver takes it, with what turns our values into its own and back.

    Which are turned, `takes` says by name, or by place where the driver wants them `in_order`.
    """

    text: str
    fixed: Values
    takes: tuple[tuple[Any, How], ...]
    in_order: Callable[[Values], Sequence[Any]] | None
    row: Callable[[Iterable[Any]], Any] | None
    gives: tuple[tuple[int, How], ...]

    def values(self, values: Values) -> Any:
        """The values as the driver takes them: by name, or in the order of their places."""
        told = {**self.fixed, **values} if self.fixed else values
        placed: Any = told if self.in_order is None else self.in_order(told)
        if not self.takes:
            return placed
        turned = {**placed} if self.in_order is None else [*placed]
        for at, how in self.takes:
            turned[at] = how(turned[at])
        return turned

    def rows_of(self, found: Sequence[Any]) -> list[Any]:
        """The rows that the driver found, by name and in our own types."""
        if self.row is None:
            return []
        return list(map(self.row, map(self._cells, found) if self.gives else found))

    def _cells(self, row: Sequence[Any]) -> Sequence[Any]:
        cells = list(row)
        for place, how in self.gives:
            if cells[place] is not None:
                cells[place] = how(cells[place])
        return cells


class PreparedStatement:
    """A statement that is asked over and over; `columns` are those that an insert fills."""

    def __init__(
        self, composed: SelectBase | UpdateBase | TextClause, columns: Sequence[str] | None = None
    ) -> None:
        self.composed = composed
        self._columns = columns
        self.known: dict[str, Spelling] = {}

    def spelt(self, dialect: Dialect) -> Spelling:
        """The statement as the driver of this kind of database takes it."""
        if dialect.name not in self.known:
            self.known[dialect.name] = self._compiled(dialect)
        return self.known[dialect.name]

    def _compiled(self, dialect: Dialect) -> Spelling:
        compiled = self.composed.compile(dialect=dialect, column_keys=self._columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"{compiled!r:.80} is no statement of rows")
        columns = self._columns_found()
        kinds = [column.type.dialect_impl(dialect) for column in columns]
        gives = ((place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds))
        return Spelling(
            text=str(compiled),
            fixed={name: b.value for b, name in compiled.bind_names.items() if not b.required},
            takes=tuple(_taken(compiled, dialect)),
            in_order=None if compiled.positiontup is None else _picked(compiled.positiontup),
            row=_named([str(column.key) for column in columns]) if columns else None,
            gives=tuple((place, how) for place, how in gives if how is not None),
        )

    def _columns_found(self) -> list[ColumnElement[Any]]:
        if isinstance(self.composed, SelectBase):
            return list(self.composed.selected_columns)
        if isinstance(self.composed, TextClause):
            return []
        return list(self.composed.exported_columns)


def _taken(compiled: SQLCompiler, dialect: Dialect) -> Iterator[tuple[Any, How]]:
    """What turns which values, by name or by place."""
    turned = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for bind, name in compiled.bind_names.items()
        if not isinstance(bind.type, AS_THEY_ARE)
    }
    order = compiled.positiontup
    for at, name in zip(turned, turned, strict=True) if order is None else enumerate(order):
        how = turned.get(name)
        if how is not None:
            yield at, how


def _picked(names: Sequence[str]) -> Callable[[Values], Sequence[Any]]:
    """What takes the values of these names, in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda told: [told[name] for name in names]


def _named(columns: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """What makes a row of its cells, to be read by the names of its columns."""
    cells = {name: property(itemgetter(place)) for place, name in enumerate(columns)}
    return type("Found", (tuple,), {"__slots__": (), **cells})


Asked = tuple[PreparedStatement, Values]
# A statement and its values as the driver takes both.
Spelt = tuple[Spelling, Any]


def spelt(asked: Iterable[Asked], dialect: Dialect) -> list[Spelt]:
    """Statements and values of ours as the driver takes them."""
    kind = dialect.name
    return [
        (known := statement.known.get(kind) or statement.spelt(dialect), known.values(values))
        for statement, values in asked
    ]
