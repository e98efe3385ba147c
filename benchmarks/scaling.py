"""How cost grows: the same pages and acts on portfolios of several sizes, of the same originals."""

import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import process_time
from uuid import uuid4

import psycopg
from sqlalchemy import Engine as Database
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from benchmarks.cloning import EVENT
from benchmarks.costs import metered
from benchmarks.figures import MILLISECONDS, Figure, quartiles
from benchmarks.floor import floor_of
from benchmarks.paging import FOUND, Opened, in_turns
from benchmarks.paging import measure as pages
from benchmarks.portfolio.carrying import carry
from benchmarks.portfolio.generate import enter, portfolios
from benchmarks.portfolio.growing import grow
from benchmarks.signing import sign_with
from benchmarks.staging import BOARD, approvals
from workflow.assembly.engine import open_engine
from workflow.database import migrate
from workflow.engine.commands.settle_due import sweep

SIGNS, WARM, READS = 40, 6, 5
# Up to how many programmes are drawn one by one, and out of how many a larger portfolio grows.
DRAWN, PLAYED = 10_000, 1_000


def measure(
    sizes: Sequence[int], made: Mapping[int, Path], postgresql: str | None, folder: Path
) -> Iterator[Figure]:
    """Every figure at every size, on SQLite and, where one is given, on a PostgreSQL database."""
    yield from on_sqlite(sizes, made, folder)
    if postgresql:
        yield from on_postgresql(sizes, made, postgresql, folder)


def on_sqlite(sizes: Sequence[int], made: Mapping[int, Path], folder: Path) -> Iterator[Figure]:
    """Every figure at every size on SQLite, pages in turns; a size that is not made grows out of the one before."""
    with ExitStack() as kept:
        urls: dict[str, str] = {}
        last = made.get(PLAYED, Path())
        for size in sorted(sizes):
            url = kept.enter_context(copied(made.get(size, last), folder))
            if size not in made:
                grow(url, size)
                last = Path(make_url(url).database or "")
            urls[f"SQLite, {size:,} programmes"] = url
        for place, url in urls.items():
            yield from _acts(url, place)
        for place, read in in_turns(urls, READS):
            if read.status == FOUND:
                yield of_page("scale", place, read)


def on_postgresql(
    sizes: Sequence[int], made: Mapping[int, Path], target: str, folder: Path
) -> Iterator[Figure]:
    """The same on one PostgreSQL database, size after size."""
    for size in sorted(set(sizes) & set(made)):
        _fill(made[size], folder, target)
        yield from _of_one(target, f"PostgreSQL, {size:,} programmes")
    grown = sorted(set(sizes) - set(made))
    if grown:
        _fill(made[PLAYED], folder, target)
    for size in grown:
        # The acts that were measured have left events in it.
        enter(target)
        grow(target, size)
        yield from _of_one(target, f"PostgreSQL, {size:,} programmes")


def _fill(path: Path, folder: Path, postgresql: str) -> None:
    """Put the portfolio of this file into a PostgreSQL database that is emptied for it."""
    _empty(postgresql)
    with copied(path, folder) as url:
        carry(url, postgresql)


def bring(sizes: Sequence[int], folder: Path, seed: int) -> dict[int, Path]:
    """Portfolios of these sizes: those that lie in a folder, and the others made there.

    What is too large to be drawn programme by programme grows out of one that is small.
    """
    wanted = {size if size <= DRAWN else PLAYED for size in sizes}
    found = {size: folder / f"p{size}.sqlite" for size in (*wanted, *sizes)}
    there = {size: path for size, path in found.items() if path.exists()}
    missing = sorted(wanted - set(there))
    return there | (portfolios(folder, missing, seed) if missing else {})


@contextmanager
def standing(made: Mapping[int, Path], size: int, folder: Path) -> Iterator[str]:
    """A portfolio of this size to write in, removed afterwards."""
    with copied(made.get(size, made.get(PLAYED, Path())), folder) as url:
        if size not in made:
            grow(url, size)
        yield url


def _of_one(url: str, place: str) -> Iterator[Figure]:
    yield from _acts(url, place)
    for read in pages(url, READS):
        yield of_page("scale", place, read)


def of_page(group: str, place: str, read: Opened) -> Figure:
    """The figure of one page."""
    told = {"SQL ms": round(read.sql, 2), "statements": read.statements}
    what = f"{read.page} as {read.who}"
    return Figure(group, place, what, MILLISECONDS, read.processor, detail=told)


def _acts(url: str, place: str) -> Iterator[Figure]:
    engine, floor = open_engine(url), floor_of(url)
    events = _counted(engine.database)
    signs = approvals(engine.database, BOARD, SIGNS + 2 * WARM)
    ours, best = sign_with(engine), floor.sign
    spent: dict[str, list[float]] = {"ours": [], "floor": []}
    for number, wish in enumerate(signs):
        kind, act = ("floor", best) if number % 2 else ("ours", ours)
        took = _processor(lambda act=act, wish=wish: act(wish))
        if number >= 2 * WARM:
            spent[kind].append(1000 * took)
    # Where nearly all was begun elsewhere, hardly anything lies before the Board.
    if all(spent.values()):
        medians = [statistics.median(each) for each in spent.values()]
        ratios = [mine / least for mine, least in zip(*spent.values(), strict=False)]
        told = {"events": events}
        yield Figure("scale", place, "sign-off", MILLISECONDS, *medians, quartiles(ratios), told)
    yield _swept(url, place)
    floor.close()
    engine.database.dispose()


def _swept(url: str, place: str) -> Figure:
    """What a sweep takes of our processor that finds nothing due."""
    with metered(url) as meter:
        swept = open_engine(meter.url)
        sweep(swept)
        meter.listen(swept.database)
        began = process_time()
        cost = meter.cost(lambda: sweep(swept))
        took = 1000 * (process_time() - began)
        swept.database.dispose()
    writes = {"statements": cost.statements, "transactions": cost.transactions}
    return Figure("scale", place, "sweep, nothing to do", MILLISECONDS, took, detail=writes)


def _processor(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began


@contextmanager
def copied(path: Path, folder: Path) -> Iterator[str]:
    """A copy to write in, with the tables of this release, removed afterwards."""
    copy = folder / f"copy-{uuid4().hex[:8]}.sqlite"
    shutil.copy(path, copy)
    migrate(f"sqlite:///{copy}")
    try:
        yield f"sqlite:///{copy}"
    finally:
        copy.unlink()


def _empty(url: str) -> None:
    """Take everything out of a database that was given to be filled."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def _counted(database: Database) -> int:
    with database.connect().execution_options(reading=True) as connection:
        return int(connection.scalar(select(func.count()).select_from(EVENT)) or 0)
