"""Statements composed once and run by the driver itself, several at once where it can.

What an act asks and writes is always the same few statements, and composing one takes longer than
running it: so each is compiled once for each kind of database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

from workflow.transactions.pipeline import Pipeline

Values = Mapping[str, Any]
# What turns a value of ours into the driver's, or one of the driver's into ours.
How = Callable[[Any], Any]
# Begun by the driver itself, a transaction would be waited for before the first statement is sent.
# Under which name a connection carries what it is sent statements by.
PIPELINE = "pipeline"
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A statement as one driver takes it, with what turns our values into its own and back."""

    text: str
    fixed: Values
    takes: tuple[tuple[str, How], ...]
    in_order: Callable[[Values], Sequence[Any]] | None
    row: Callable[[Iterable[Any]], Any] | None
    gives: tuple[tuple[int, How], ...]

    def values(self, values: Values) -> Any:
        """The values as the driver takes them: by name, or in the order of their places."""
        told = {**self.fixed, **values}
        for name, how in self.takes:
            told[name] = how(told[name])
        return told if self.in_order is None else self.in_order(told)

    def rows(self, cursor: Any) -> list[Any]:
        """What was found, by name and in our own types; nothing where nothing was asked."""
        return [] if self.row is None else self.rows_of(cursor.fetchall())

    def rows_of(self, found: Sequence[Any]) -> list[Any]:
        """The rows that the driver found, by name and in our own types."""
        if self.row is None:
            return []
        return list(map(self.row, map(self._cells, found) if self.gives else found))

    def _cells(self, row: Sequence[Any]) -> Sequence[Any]:
        cells = list(row)
        for place, how in self.gives:
            cells[place] = how(cells[place])
        return cells


class PreparedStatement:
    """A statement that is asked over and over; `columns` are those that an insert fills."""

    def __init__(
        self, composed: SelectBase | UpdateBase, columns: Sequence[str] | None = None
    ) -> None:
        self.composed = composed
        self._columns = columns
        self._spelt: dict[str, Spelling] = {}

    def spelt(self, dialect: Dialect) -> Spelling:
        """The statement as the driver of this kind of database takes it."""
        if dialect.name not in self._spelt:
            self._spelt[dialect.name] = self._compiled(dialect)
        return self._spelt[dialect.name]

    def _compiled(self, dialect: Dialect) -> Spelling:
        compiled = self.composed.compile(dialect=dialect, column_keys=self._columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"{compiled!r:.80} is no statement of rows")
        takes = {
            name: bind.type.dialect_impl(dialect).bind_processor(dialect)
            for bind, name in compiled.bind_names.items()
        }
        columns = self._columns_found()
        kinds = [column.type.dialect_impl(dialect) for column in columns]
        gives = ((place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds))
        return Spelling(
            text=str(compiled),
            fixed={name: b.value for b, name in compiled.bind_names.items() if not b.required},
            takes=tuple((name, how) for name, how in takes.items() if how is not None),
            in_order=None if compiled.positiontup is None else _picked(compiled.positiontup),
            row=_named([str(column.key) for column in columns]) if columns else None,
            gives=tuple((place, how) for place, how in gives if how is not None),
        )

    def _columns_found(self) -> list[ColumnElement[Any]]:
        if isinstance(self.composed, SelectBase):
            return list(self.composed.selected_columns)
        return list(self.composed.exported_columns)


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


def spelt(asked: Iterable[Asked], dialect: Dialect) -> Iterator[Spelt]:
    """Statements and values of ours as the driver takes them."""
    for statement, values in asked:
        spelling = statement.spelt(dialect)
        yield spelling, spelling.values(values)


def run(
    connection: Connection, asked: Sequence[Asked], before: Sequence[Spelt] = ()
) -> list[list[Any]]:
    """Run statements one after the other; answers with what each found, but for those `before`.

    PostgreSQL is sent all of them at once and waited for once. Each is a statement of its own all
    the same: behind one that waits for a lock, the next sees what was committed meanwhile.
    """
    told = [*before, *spelt(asked, connection.dialect)]
    try:
        return _sent(connection, told)[len(before) :]
    except Exception as fault:
        _raise_as_said(connection, fault)
        raise


def run_last(connection: Connection, before: Sequence[Spelt]) -> None:
    """Run what an act writes, and commit: at once, and waited for once."""
    if before or not waits_to_begin(connection):
        try:
            _sent(connection, before, end="COMMIT")
        except Exception as fault:
            _raise_as_said(connection, fault)
            raise
    transaction = connection.get_transaction()
    if transaction is not None:
        transaction.commit()


def waits_to_begin(connection: Connection) -> bool:
    """Whether the driver leaves it to us to begin a transaction, and none is begun yet."""
    if connection.dialect.name != "postgresql":
        return False
    driver = _driver(connection)
    return bool(driver.autocommit) and not driver.pgconn.transaction_status


def _driver(connection: Connection) -> Any:
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("a connection that is gone takes no statement")
    return driver


def _sent(connection: Connection, told: Sequence[Spelt], end: str = "") -> list[list[Any]]:
    """What each statement found; `end` is sent along where the server is waited for."""
    listening, many = tuple(connection.engine.dispatch.before_cursor_execute), False
    # Whoever listens to what SQLAlchemy asks is told of what goes past it as well.
    for hear, (spelling, values) in product(listening, told):
        hear(connection, None, spelling.text, values, None, many)
    driver = _driver(connection)
    if connection.dialect.name == "postgresql" and driver.autocommit:
        return _sent_at_once(connection, driver, told, end)
    cursor = driver.cursor()
    return [spelling.rows(cursor.execute(spelling.text, values)) for spelling, values in told]


def _sent_at_once(
    connection: Connection, driver: Any, told: Sequence[Spelt], end: str
) -> list[list[Any]]:
    if PIPELINE not in connection.info:
        connection.info[PIPELINE] = Pipeline(driver)
    pipeline: Pipeline = connection.info[PIPELINE]
    begin = BEGIN if waits_to_begin(connection) else ""
    asked = [(spelling.text, values) for spelling, values in told]
    answers = pipeline.answers(asked, begin=begin, end=end)
    return [
        spelling.rows_of(pipeline.rows(answer)) if spelling.row else []
        for (spelling, _), answer in zip(told, answers, strict=True)
    ]


def _raise_as_said(connection: Connection, fault: Exception) -> None:
    """Raise what the driver says as SQLAlchemy says it; a connection that is gone is given up."""
    dialect, gone = connection.dialect, _stuck(connection)
    failed = dialect.loaded_dbapi.Error
    if isinstance(fault, failed):
        told: Exception = fault
        gone = gone or dialect.is_disconnect(fault, connection.connection, None)
    elif gone:
        # The driver loses its own count of answers where a connection breaks among them.
        told = dialect.loaded_dbapi.OperationalError(str(fault))
    else:
        return
    said = DBAPIError.instance(
        None, None, told, failed, hide_parameters=True, connection_invalidated=gone,
        dialect=dialect,
    )  # fmt: skip
    if gone:
        connection.invalidate(fault)
    raise said from fault


def _stuck(connection: Connection) -> bool:
    """Whether the driver could not leave off sending several statements: nothing can be asked any more."""
    told = getattr(connection.connection.driver_connection, "info", None)
    return bool(getattr(told, "pipeline_status", False))
