"""What a page reads of the database stays the same in a larger portfolio, statement by statement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from benchmarks.filling import PAGES, buffers_of, measure
from benchmarks.paging import PEOPLE, site
from benchmarks.portfolio.carrying import carry
from benchmarks.portfolio.generate import portfolios
from benchmarks.portfolio.growing import grow
from tests.support.databases import empty_postgresql
from tests.support.statements import asked
from workflow.database import connect
from workflow.ledger.shares import SUMS
from workflow.oversight.checks.certifications import make_sources_follow

pytestmark = pytest.mark.proof(apart=True)

SMALL, LARGE, SEED = 1_000, 5_000, 20261126
MOST_GROWN = 2.0
DAY = "/histories/on/2026-01-15"
BY_ROLE = "/histories/events?role=board_member&stage=evaluation"
# Who opens what: each of these pages is full in the smaller portfolio already.
FULL = {
    "officer": (
        "/", "/queue", "/month", "/programmes", "/programmes/{ref}", "/histories", DAY, "/proposals",
    ),
    "board member": ("/", "/queue", "/queue?stage=evaluation", "/programmes/{ref}", DAY),
    "auditor": (
        "/notices", "/oversight", "/histories/events", BY_ROLE, "/histories/events?framework=F1",
        "/histories/events?verdict=approve", "/histories", "/histories/{ref}", DAY,
    ),
    "delegate": ("/", "/queue", "/month", "/histories", DAY),
    "submitter": ("/histories", "/frameworks", "/programmes"),
    "administrator": (
        "/office/setup", "/programmes", "/histories", "/frameworks", "/office/appointments/1",
    ),
}  # fmt: skip
# What fills up before it stops growing, with the buffers at which it has to have stopped.
FILLING = {
    "board member": {"/queue?text=nurses": 4_000, "/month": 4_000},
    "officer": {
        "/queue?stage=evaluation": 3_000,
        "/queue?text=nurses": 4_000,
        "/records": 2_500,
        "/money": 1_000,
        "/parties/nor/money": 1_000,
    },
    # Of a framework fifty programmes of each stage are looked at.
    "submitter": {"/": 1_000, "/queue": 2_000, "/proposals": 2_000, "/frameworks/F1": 2_000},
}
# What SQLite must not read from one end to the other, by the table itself.
GROWING = ("sign_off", "seat", "round", "event", "event_facet", "notice", "document",
           "attachment", "lifecycle_case", "case_party", "listed_programme", "programme", "source_money")  # fmt: skip
WHOLE = re.compile(rf"SCAN ({'|'.join(GROWING)})(?:_\d+)?$")
PART = re.compile(r"(?:CO-ROUTINE|MATERIALIZE) (\w+)")


@dataclass(frozen=True, slots=True)
class Read:
    """What a page read: buffers in all, and of each of its statements."""

    buffers: int
    of_each: tuple[tuple[int, str], ...]


# What counts of two sources in each programme, as movements would have it kept.
MONEY = text(
    f"INSERT INTO source_money (case_id, source_id, currency, hidden, {', '.join(SUMS)}) "  # Words of the product.
    f"SELECT l.case_id, p.id, 'USD', false, {', '.join('100' for _ in SUMS)} "
    "FROM listed_programme l JOIN party p ON p.key IN ('ind', 'nor') WHERE NOT l.private"
)
Pages = dict[tuple[str, str], Read]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smaller portfolio, on SQLite, with money of two sources in every programme that was sent."""
    path = portfolios(tmp_path_factory.mktemp("growth"), [SMALL], SEED)[SMALL]
    with connect(f"sqlite:///{path}").begin() as connection:
        connection.execute(MONEY)
    summed(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module")
def read(made: Path) -> Iterator[tuple[Pages, Pages]]:
    """What every page reads on PostgreSQL in the smaller portfolio and in the larger."""
    with empty_postgresql() as small, empty_postgresql() as large:
        for url in (small, large):
            carry(f"sqlite:///{made}", url)
        grow(large, LARGE)
        summed(large)
        yield read_in(small), read_in(large)


def summed(url: str) -> None:
    """Have the totals of sources follow what is kept of each programme."""
    database = connect(url)
    with Session(database) as session, session.begin():
        make_sources_follow(session, ())
    database.dispose()


def read_in(url: str) -> Pages:
    """What every page reads in one portfolio, each opened once before."""
    found: Pages = {}
    explaining = create_engine(url, connect_args={"options": "-c jit=off"})
    for who, page, statements in opened(url):
        each = tuple((buffers_of(explaining, *asking), asking[0]) for asking in statements)
        found[who, page] = Read(sum(number for number, _ in each), each)
    explaining.dispose()
    return found


def opened(url: str) -> Iterator[tuple[str, str, list[tuple[str, Any]]]]:
    """Every page with the statements that it asks, and the values that they are asked with."""
    with site(url) as measured:
        for who, known in PEOPLE.items():
            pages = (*FULL.get(who, ()), *FILLING.get(who, {}))
            browser = measured.enter(known)
            for page in pages:
                address = page.format(ref=measured.ref)
                browser.get(address)
                yield (
                    who,
                    page,
                    min((_asked_at(measured, browser, address) for _ in range(2)), key=len),
                )


def _asked_at(measured: Any, browser: Any, address: str) -> list[tuple[str, Any]]:
    """What one opening asks; what is looked at now and then, as figures of health are, is not of every one."""
    with asked(measured.database) as found:
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return [
        statement
        for reading in found.readings
        for statement in zip(reading.statements, reading.values, strict=True)
    ]


def whole_tables(plan: Sequence[str]) -> set[str]:
    """The tables that SQLite reads from one end to the other; a part of the question may have their name."""
    parts = {found[1] for step in plan if (found := PART.match(step))}
    return {found[1] for step in plan if (found := WHOLE.match(step))} - parts


def dearest(page: Read) -> str:
    return "\n".join(f"  {number}: {said[:300]}" for number, said in sorted(page.of_each)[-3:])


def test_a_page_that_is_full_reads_no_more_of_a_portfolio_five_times_as_large(
    read: tuple[Pages, Pages],
) -> None:
    small, large = read

    grown = [
        f"{page} as {who}: {small[who, page].buffers} and {large[who, page].buffers}\n"
        + dearest(large[who, page])
        for who, pages in FULL.items()
        for page in pages
        if large[who, page].buffers > MOST_GROWN * small[who, page].buffers
    ]

    assert not grown, "\n".join(grown)


def test_a_page_that_fills_up_stops_somewhere(read: tuple[Pages, Pages]) -> None:
    _, large = read

    beyond = [
        f"{page} as {who}: {large[who, page].buffers} of {most}\n" + dearest(large[who, page])
        for who, pages in FILLING.items()
        for page, most in pages.items()
        if large[who, page].buffers > most
    ]

    assert not beyond, "\n".join(beyond)


def test_the_pages_that_fill_up_are_measured_in_each_database(made: Path) -> None:
    place = "SQLite, 1,000 programmes"

    found = list(measure({place: f"sqlite:///{made}"}))

    told = [each.what.split(" as ")[::-1] for each in found]
    assert told == [[who, page] for who, pages in PAGES.items() for page in pages]
    assert all(each.detail["statements"] > 2 and each.place == place for each in found)


def test_no_page_goes_through_a_table_that_grows_on_sqlite(made: Path) -> None:
    url = f"sqlite:///{made}"
    database = create_engine(url)
    with database.connect() as connection:
        through = {
            f"{page} as {who}: {table}: {said[:300]}"
            for who, page, statements in opened(url)
            for said, values in statements
            for table in whole_tables(
                [
                    row[-1]
                    for row in connection.exec_driver_sql(f"explain query plan {said}", values)
                ]
            )
        }
    database.dispose()

    assert not through, "\n".join(sorted(through))
