"""Pages that are not full in a small portfolio: what each reads in three of ten times the size each.

`python -m benchmarks.filling FOLDER` makes the portfolios there that are missing, measures on SQLite and on a
PostgreSQL server of its own, and writes the figures that `docs/performance.md` tells.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import create_engine

from benchmarks.figures import MILLISECONDS, Figure, Report, machine
from benchmarks.page import OF_FILLING, PAGE, kept
from benchmarks.paging import PEOPLE, Site, site
from benchmarks.portfolio.carrying import carry
from benchmarks.scaling import bring, of_page, standing
from tests.support.administration import create, named
from tests.support.clusters import private_cluster
from tests.support.statements import asked

SIZES, SEED, READS = (1_000, 10_000, 100_000), 20_261_126, 7
# Who opens what: of a submitter, who has the most drafts; of whoever is asked, by whom most is waited for.
PAGES = {
    "submitter": (
        "/frameworks", "/programmes", "/histories", "/queue?stage=evaluation", "/queue?text=nurses",
    ),
    "officer": ("/queue?stage=evaluation", "/queue?text=nurses"),
    "board member": ("/queue?stage=evaluation", "/queue?text=nurses"),
    "delegate": ("/queue?stage=evaluation", "/queue?text=nurses"),
    "auditor": ("/oversight", "/histories/events"),
}  # fmt: skip


def measure(urls: Mapping[str, str]) -> Iterator[Figure]:
    """Each of these pages in each of these databases, named by their places, in turns."""
    with ExitStack() as opened:
        sites = {place: opened.enter_context(site(url)) for place, url in urls.items()}
        for who, pages in PAGES.items():
            browsers = {place: each.enter(PEOPLE[who]) for place, each in sites.items()}
            for page in pages:
                for place, each in sites.items():
                    found = of_page("filling", place, each.read(browsers[place], who, page, READS))
                    yield _with_buffers(found, each, browsers[place], page)


def _with_buffers(figure: Figure, measured: Site, browser: Any, page: str) -> Figure:
    """The figure with how many buffers all statements of the page read, where that is told."""
    if measured.database.dialect.name == "sqlite":
        return figure
    with asked(measured.database) as found:
        browser.get(page)
    statements = (
        each
        for reading in found.readings
        for each in zip(reading.statements, reading.values, strict=True)
    )
    explaining = create_engine(measured.database.url, connect_args={"options": "-c jit=off"})
    read = sum(buffers_of(explaining, *each) for each in statements)
    explaining.dispose()
    told = {**figure.detail, "buffers": read}
    return Figure(figure.group, figure.place, figure.what, MILLISECONDS, figure.ours, detail=told)


def buffers_of(database: Database, statement: str, values: Any) -> int:
    """How many buffers a statement reads on PostgreSQL."""
    explained = f"explain (analyze, buffers, format json) {statement}"
    with database.connect() as connection:
        plan = connection.exec_driver_sql(explained, values).scalar_one()[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def write(folder: Path) -> None:
    """Measure all of it on both databases, keep the figures, and write the page from them."""
    made = bring(SIZES, folder, SEED)
    with ExitStack() as kept_up, private_cluster() as own:
        urls: dict[str, str] = {}
        for size in SIZES:
            here = kept_up.enter_context(standing(made, size, folder))
            create(own.server.url, f"p{size}", template="template0")
            there = named(own.server.url, f"p{size}")
            carry(here, there)
            urls |= {f"SQLite, {size:,} programmes": here}
            urls |= {f"PostgreSQL, {size:,} programmes": there}
        keep(urls)


def keep(urls: Mapping[str, str]) -> None:
    """Measure in these databases, keep the figures, and write the page from them."""
    report = Report(machine(), SEED, list(measure(urls)))
    OF_FILLING.write_text(report.written(), encoding="utf-8")
    PAGE.write_text(kept(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
