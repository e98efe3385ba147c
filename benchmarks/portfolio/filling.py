"""Filling a database of originals with their copies, in bulk and in the order in which they began."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.portfolio import moulds
from benchmarks.portfolio.copying import Copier, Wish, names
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.pattern import TABLES, Pattern, Row, columns

AT_ONCE = 200_000
# Nobody else is there, and what is lost is made again.
FASTER = (
    "journal_mode = off", "synchronous = off", "cache_size = -1000000", "foreign_keys = off",
)  # fmt: skip
# For how many weeks back programmes that are over ended, and those under way last moved.
OVER, UNDER_WAY = 150, 40
# How many of those under way are in time, and over how many milliseconds of a day they are spread.
IN_TIME, A_DAYS_WORK = 0.6, 8 * 3_600_000


def opened(path: str) -> sqlite3.Connection:
    """A connection to a database that is being made."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in FASTER:
        connection.execute(f"pragma {setting}")
    return connection


def wishes(
    random: Random,
    patterns: Sequence[Pattern],
    countries: Sequence[Country],
    wanted: int,
    shares: Mapping[str, float] = moulds.SHARES,
) -> list[Wish]:
    """So many copies to make, of every state as often as its share says, the oldest first."""
    now = datetime.now(UTC).replace(tzinfo=None)
    by_state: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        by_state.setdefault(pattern.played.state, []).append(pattern)
    weights = [shares[state] for state in by_state]
    made = []
    for number, state in enumerate(random.choices(list(by_state), weights, k=wanted)):
        pattern = random.choice(by_state[state])
        places = tuple(random.sample(countries, len(pattern.places)))
        made.append(Wish(pattern, _later(random, pattern, now), places, number))
    return sorted(made, key=lambda wish: (wish.opened, wish.number))


def fill(connection: sqlite3.Connection, random: Random, wanted: Sequence[Wish]) -> None:
    """Write these copies in one transaction, and let the database count what it holds."""
    connection.execute("begin")
    waiting: dict[str, list[Row]] = {}
    for number, (table, row) in enumerate(_rows(_copier(connection, random), wanted), 1):
        waiting.setdefault(table, []).append(row)
        if number % AT_ONCE == 0:
            _write(connection, waiting)
    _write(connection, waiting)
    connection.execute("commit")
    connection.execute("analyze")


def _later(random: Random, pattern: Pattern, now: datetime) -> timedelta:
    """How much later a copy is: what is under way moved lately, and time has missed nothing."""
    last, week = pattern.last, timedelta(weeks=1)
    back = OVER if pattern.played.state in {"closed", moulds.IMPORTED} else UNDER_WAY
    bounds = pattern.acting + (pattern.dues if random.random() < IN_TIME else [])
    if bounds:
        back = min(back, max(0, (min(bounds) - last) // week - 1))
    some = timedelta(milliseconds=random.randint(0, A_DAYS_WORK))
    return (now - last) // week * week - random.randint(0, back) * week - some


def _copier(connection: sqlite3.Connection, random: Random) -> Copier:
    newest = {
        name: int(connection.execute(f'select coalesce(max(id), 0) from "{name}"').fetchone()[0])
        for name, table in TABLES.items()
        if "id" in table.c
    }
    frameworks = int(connection.execute("select count(*) from framework").fetchone()[0])
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    return Copier(random, newest, now, frameworks)


def _rows(copier: Copier, wanted: Sequence[Wish]) -> Iterator[tuple[str, Row]]:
    for wish, ref in zip(wanted, names(wanted), strict=True):
        yield from copier.copy(wish, ref)


def _write(connection: sqlite3.Connection, waiting: dict[str, list[Row]]) -> None:
    for table, rows in waiting.items():
        marks = ", ".join("?" for _ in columns(table))
        listed = ", ".join(f'"{column}"' for column in columns(table))
        connection.executemany(f'insert into "{table}" ({listed}) values ({marks})', rows)
        rows.clear()
