"""A large portfolio out of a small one: the database itself writes each programme many times over.

Up to a hundred thousand programmes each is copied as often as any other; what comes on top are copies
of those that were imported, with three events each.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, func, select

from benchmarks.portfolio.many import Many
from benchmarks.portfolio.pattern import TABLES
from benchmarks.portfolio.placing import place
from benchmarks.portfolio.unguarded import unguarded

# From here on all that comes on top has three events each.
THICK, FEW = 100_000, 3
PROGRAMME, IMPORTED, CASE, EVENT = (
    TABLES[name] for name in ("programme", "imported_programme", "lifecycle_case", "event")
)
# What a database is told while nobody but us is there.
SETTINGS = {
    "sqlite": (
        "pragma journal_mode = off", "pragma synchronous = off", "pragma cache_size = -1000000",
        "pragma temp_store = memory", "pragma foreign_keys = off",
    ),
    "postgresql": ("set temp_buffers = '512MB'", "set synchronous_commit = off"),
}  # fmt: skip


def grow(url: str, size: int, thick: int = THICK) -> None:
    """Let a database of some programmes hold so many; events have their places in the log.

    Above `thick` programmes those that come on top were imported.
    """
    database = create_engine(url)
    try:
        with _writing(database) as connection:
            _grow(connection, size, thick)
        _analyze(database)
    finally:
        database.dispose()


def _grow(connection: Connection, size: int, thick: int) -> None:
    every = list(connection.scalars(select(PROGRAMME.c.case_id).order_by(PROGRAMME.c.case_id)))
    few = select(CASE.c.id).join(IMPORTED).where(CASE.c.head_seq == FEW).order_by(CASE.c.id)
    imported = list(connection.scalars(few))
    newest = int(connection.scalar(select(func.max(EVENT.c.id))) or 0)
    with unguarded(connection):
        _multiply(connection, every, min(size, thick) - len(every), f"C{len(every)}C")
        _multiply(connection, imported, size - max(thick, len(every)), f"R{len(every)}R")
        place(connection, newest)


def _multiply(connection: Connection, originals: Sequence[int], wanted: int, letter: str) -> None:
    """So many copies of these cases: all of them as often as that goes, and some once more."""
    if wanted <= 0:
        return
    times, rest = divmod(wanted, len(originals))
    if times:
        Many(connection, originals, letter).write(times)
    if rest:
        Many(connection, originals[:rest], f"{letter}L").write(1)


@contextmanager
def _writing(database: Engine) -> Iterator[Connection]:
    """A connection on which one transaction writes all; what is lost is made again."""
    with database.connect() as connection:
        for setting in SETTINGS[connection.dialect.name]:
            connection.exec_driver_sql(setting)
        connection.commit()
        yield connection
        connection.commit()


def _analyze(database: Engine) -> None:
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        once = "vacuum analyze" if connection.dialect.name == "postgresql" else "analyze"
        connection.exec_driver_sql(once)
