"""A portfolio of any size, the same for the same seed but for the secrets of its few originals."""

import argparse
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy.engine import make_url

from benchmarks.portfolio import house, moulds
from benchmarks.portfolio.copying import Copier, Wish, names
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import Played
from benchmarks.portfolio.pattern import TABLES, Pattern, Reader, columns
from workflow.database import connect, migrate
from workflow.demo.house import STANDARD
from workflow.demo.play import Hand, Play
from workflow.lifecycles.loader.files import load_file
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.tlog.store.sequencer import Sequencer

SEED = 20_261_126
AT_ONCE = 200_000
FASTER = (
    "journal_mode = off", "synchronous = off", "cache_size = -1000000", "foreign_keys = off",
)  # fmt: skip
BATCH = 16_384
# For how many weeks back programmes that are over ended, and those under way last moved.
OVER, UNDER_WAY = 150, 40
# How many of those under way are in time, and over how many milliseconds of a day they are spread.
IN_TIME, A_DAYS_WORK = 0.6, 8 * 3_600_000
Places = Sequence[Country]


@dataclass(frozen=True, slots=True)
class Originals:
    """What was played in a database, and what is needed to copy it."""

    played: tuple[Played, ...]
    countries: tuple[Country, ...]
    acting: frozenset[str]


def originals(url: str, wholes: int = 3) -> Originals:
    """Play a programme into each state in an empty SQLite database, by so many stories."""
    migrate(url)
    database = connect(url)
    now = datetime.now(UTC)
    play = Play(database, Hand((now - moulds.LONG_AGO).replace(hour=8, minute=10)))
    countries = house.build(play.engine)
    definition = load_file(STANDARD)
    acting = frozenset(key for key, spec in definition.rounds.items() if spec.at_due)
    definition_id, _ = play.engine.published(definition.key)
    played = tuple(moulds.play_all(play, definition_id, wholes))
    play.clock.at = now
    catch_up_wholly(play.engine)
    consulted = next(each.ref for each in played if each.state == "consultation")
    house.delegate(play.engine, consulted)
    database.dispose()
    return Originals(played, countries, acting)


def multiply(url: str, of: Originals, programmes: int, seed: int = SEED) -> None:
    """Let there be so many programmes in a database of originals, and all that is derived."""
    _copy(url, of, (programmes, seed), datetime.now(UTC))
    _enter(url)


def _copy(url, of, amount, now) -> None:
    programmes, seed = amount
    connection = sqlite3.connect(make_url(url).database, isolation_level=None)
    for setting in FASTER:
        connection.execute(f"pragma {setting}")
    reader, random = Reader(connection, of.countries), Random(seed)
    patterns = [reader.read(each, of.acting) for each in of.played]
    wishes = sorted(
        _wishes(random, patterns, of.countries, programmes - len(of.played), now),
        key=lambda wish: (wish.opened, wish.number),
    )
    newest = {
        name: connection.execute(f'select coalesce(max(id), 0) from "{name}"').fetchone()[0]
        for name, table in TABLES.items()
        if "id" in table.c
    }
    frameworks = connection.execute("select count(*) from framework").fetchone()[0]
    copier = Copier(random, newest, now.replace(tzinfo=None).isoformat(" "), frameworks)
    connection.execute("begin")
    waiting: dict[str, list] = {}
    rows = 0
    for wish, ref in zip(wishes, names(wishes), strict=True):
        for table, row in copier.copy(wish, ref):
            waiting.setdefault(table, []).append(row)
            rows += 1
        if rows >= AT_ONCE:
            _write(connection, waiting)
            rows = 0
    _write(connection, waiting)
    connection.execute("commit")
    connection.execute("analyze")
    connection.close()


def _wishes(random, patterns, countries, programmes, now) -> Iterator[Wish]:
    by_state: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        by_state.setdefault(pattern.played.state, []).append(pattern)
    states = list(by_state)
    shares = [moulds.SHARES[state] for state in states]
    for number, state in enumerate(random.choices(states, shares, k=programmes)):
        pattern = random.choice(by_state[state])
        places = tuple(random.sample(countries, len(pattern.places)))
        yield Wish(pattern, _later(random, pattern, now.replace(tzinfo=None)), places, number)


def _later(random: Random, pattern: Pattern, now: datetime) -> timedelta:
    """How much later a copy is: what is under way moved lately, and time has missed nothing."""
    last, week = pattern.last, timedelta(weeks=1)
    back = OVER if pattern.played.state in {"closed", moulds.IMPORTED} else UNDER_WAY
    bounds = pattern.acting + (pattern.dues if random.random() < IN_TIME else [])
    if bounds:
        back = min(back, max(0, (min(bounds) - last) // week - 1))
    some = timedelta(milliseconds=random.randint(0, A_DAYS_WORK))
    return (now - last) // week * week - random.randint(0, back) * week - some


def _write(connection: sqlite3.Connection, waiting) -> None:
    for table, rows in waiting.items():
        marks = ", ".join("?" for _ in columns(table))
        listed = ", ".join(f'"{column}"' for column in columns(table))
        connection.executemany(f'insert into "{table}" ({listed}) values ({marks})', rows)
        rows.clear()


def _enter(url: str) -> None:
    """Give every event its place in the log."""
    database = connect(url)
    sequencer = Sequencer(database, "generator", batch=BATCH)
    while sequencer.work():
        pass
    sequencer.release()
    database.dispose()


def main() -> None:
    """Generate a portfolio from the command line."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("folder", type=Path, help="where the databases are made")
    asked.add_argument("--programmes", default="1000", help="how many; several sizes by commas")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--stories", type=int, default=3, help="by how many each state is played")
    given = asked.parse_args()
    base = given.folder / "originals.sqlite"
    of = originals(f"sqlite:///{base}", given.stories)
    for programmes in map(int, given.programmes.split(",")):
        made = given.folder / f"p{programmes}.sqlite"
        shutil.copy(base, made)
        multiply(f"sqlite:///{made}", of, programmes, given.seed)
    base.unlink()


if __name__ == "__main__":
    main()
