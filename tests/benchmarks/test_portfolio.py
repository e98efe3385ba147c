"""A portfolio is realistic and sound: its programmes differ, and each has a chain of its own."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import paging
from benchmarks.portfolio.carrying import carry
from benchmarks.portfolio.generate import portfolios
from benchmarks.portfolio.growing import grow
from benchmarks.portfolio.moulds import SHARES, mostly_imported
from tests.support.databases import empty_postgresql
from workflow.assembly.engine import open_engine
from workflow.audit.verification.verify import verify
from workflow.database import connect
from workflow.demo.house import STANDARD
from workflow.lifecycles.loader.files import load_file
from workflow.oversight.checks.lists import astray

pytestmark = pytest.mark.proof(apart=True)

SIZE, STORIES = 220, 0
# What it grows to, and from where on what comes on top was imported.
GROWN, THICK, ON = 700, 500, 900
# Of the rows themselves, and of what the database keeps in step with them.
INDEXES = "select type, name from sqlite_master where type <> 'table' order by name"
GUARDS = (
    "select indexdef from pg_indexes where schemaname = 'public' union all"
    " select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint union all"
    " select tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal order by 1"
)
SAME = (
    "select count(*) from sign_off",
    "select count(*) from listed_programme",
    "select sum(number) from portfolio_change",
    "select count(*) from private_part",
    "select sum(text_id) from party_proposal",
    "select sum(seq) from history_news",
    "select sum(act_id) from history_news",
    "select number from history_tally",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One portfolio for all of these tests."""
    return portfolios(tmp_path_factory.mktemp("portfolio"), [SIZE], stories=STORIES)[SIZE]


@pytest.fixture
def database(made: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{made}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.fixture(scope="module")
def grown(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same portfolio, grown by copies."""
    path = tmp_path_factory.mktemp("grown") / "grown.sqlite"
    shutil.copy(made, path)
    grow(f"sqlite:///{path}", GROWN, THICK)
    return path


def counted(database: sqlite3.Connection, asked: str) -> int:
    return int(database.execute(f"select count(*) from {asked}").fetchone()[0])


def test_a_portfolio_has_as_many_programmes_as_were_asked_for_and_verifies(made: Path) -> None:
    engine = connect(f"sqlite:///{made}")

    result = verify(engine)
    gone_astray = astray(open_engine(f"sqlite:///{made}")).differences

    engine.dispose()
    assert result.sound, result.differences[:3]
    assert result.cases == SIZE + 1
    assert result.unexplained == 0
    assert gone_astray == []


def test_programmes_stand_in_every_state_that_has_a_share(database: sqlite3.Connection) -> None:
    states = {row[0] for row in database.execute("select distinct state from lifecycle_case")}

    assert {"draft", "screening", "consultation", "decision", "active", "closed"} <= states


def test_every_programme_has_three_events_and_a_place_in_the_log(
    database: sqlite3.Connection,
) -> None:
    of_each = "select min(n) from (select count(*) n from event group by case_id)"

    assert database.execute(of_each).fetchone()[0] >= 3
    assert counted(database, "log_pending") == 0
    assert counted(database, "log_entry") == counted(database, "event")


def test_programmes_differ_in_title_country_and_framework(database: sqlite3.Connection) -> None:
    copies = "(select distinct title from lifecycle_case)"

    assert counted(database, copies) > SIZE * 0.6
    assert counted(database, "(select distinct party_id from case_party)") > 40
    assert counted(database, "(select distinct framework_id from programme)") >= 7


def test_some_rounds_are_overdue_and_some_are_never_due(database: sqlite3.Connection) -> None:
    of_open = "round where status = 'open' and"

    assert counted(database, f"{of_open} due_at < datetime('now')") > 5
    assert counted(database, f"{of_open} due_at > datetime('now')") > 5
    assert counted(database, f"{of_open} due_at is null") > 5


def test_time_has_missed_nothing_that_it_acts_on_in_a_copy(database: sqlite3.Connection) -> None:
    rounds = load_file(STANDARD).rounds
    acting = ", ".join(f"'{key}'" for key, spec in rounds.items() if spec.at_due)
    overdue = f"round where status = 'open' and due_at < datetime('now') and key in ({acting})"

    # The originals are of long ago; the copies are not.
    assert counted(database, f"{overdue} and opened_at > '2023-01-01'") == 0


def test_more_can_be_imported_and_the_others_keep_their_shares() -> None:
    shares = mostly_imported(90)

    assert round(sum(shares.values()), 6) == sum(SHARES.values()) == 100
    assert shares["imported"] == 90
    assert shares["draft"] / shares["decision"] == SHARES["draft"] / SHARES["decision"]


def test_a_grown_portfolio_verifies_and_its_lists_are_what_they_count(grown: Path) -> None:
    engine = connect(f"sqlite:///{grown}")

    result = verify(engine)
    gone_astray = astray(open_engine(f"sqlite:///{grown}")).differences

    engine.dispose()
    assert result.sound, result.differences[:3]
    assert result.cases == GROWN + 1
    assert result.unexplained == 0
    assert gone_astray == []


def test_pages_are_opened_in_turns_over_portfolios(
    made: Path, grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGES", ("/queue", "/programmes"))
    monkeypatch.setattr(paging, "MORE", {"auditor": ("/oversight",)})
    urls = {}
    for name, path in (("small", made), ("large", grown)):
        shutil.copy(path, tmp_path / f"{name}.sqlite")
        urls[name] = f"sqlite:///{tmp_path}/{name}.sqlite"

    read = list(paging.in_turns(urls, 2))

    asked = {place: [(r.who, r.page) for at, r in read if at == place] for place in urls}
    assert asked["small"] == asked["large"]
    assert ("auditor", "/oversight") in asked["large"]
    assert all(r.status == paging.FOUND and r.statements and r.sql > 0 for _, r in read)


def test_what_comes_on_top_was_imported_and_has_three_events(made: Path, grown: Path) -> None:
    states = "select state, count(*) from lifecycle_case where id > {} group by state"
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(grown)) as more:
        newest = source.execute("select max(id) from lifecycle_case").fetchone()[0]
        copies = counted(more, f"lifecycle_case where id > {newest}")
        on_top = counted(more, "lifecycle_case where ref like '%-R%'")
        longest = more.execute(
            "select max(head_seq) from lifecycle_case where ref like '%-R%'"
        ).fetchone()[0]
        found = {state for state, _ in more.execute(states.format(newest))}
        indexes = [each.execute(INDEXES).fetchall() for each in (source, more)]

    assert (copies, on_top, longest) == (GROWN - SIZE, GROWN - THICK, 3)
    assert {"draft", "screening", "consultation", "decision", "closed"} <= found
    assert indexes[0] == indexes[1]


def test_the_same_rows_stand_on_postgresql_and_verify(made: Path, grown: Path) -> None:
    with empty_postgresql() as url:
        carry(f"sqlite:///{made}", url)
        before, guards = asked_of(url), guards_of(url)
        grow(url, GROWN, THICK)

        engine = connect(url)
        result = verify(engine)
        engine.dispose()

        assert result.sound, result.differences[:3]
        assert result.cases == GROWN + 1
        assert (before, asked_of(url)) == (rows_of(made), rows_of(grown))
        assert guards_of(url) == guards
        assert counts_on(url)


def test_a_portfolio_that_grew_grows_on(grown: Path, tmp_path: Path) -> None:
    path = tmp_path / "on.sqlite"
    shutil.copy(grown, path)

    grow(f"sqlite:///{path}", ON, THICK)

    engine = connect(f"sqlite:///{path}")
    result = verify(engine)
    engine.dispose()
    assert result.sound, result.differences[:3]
    assert result.cases == ON + 1


def asked_of(url: str) -> list[int]:
    engine = connect(url)
    with engine.connect() as connection:
        rows = [connection.exec_driver_sql(asked).scalar_one() for asked in SAME]
    engine.dispose()
    return rows


def guards_of(url: str) -> list[str]:
    """The indexes and constraints of a database, and the triggers that are at work."""
    engine = connect(url)
    with engine.connect() as connection:
        found = [row[0] for row in connection.exec_driver_sql(GUARDS)]
    engine.dispose()
    return found


def counts_on(url: str) -> bool:
    """Whether the next event gets a number that none has."""
    engine = connect(url)
    with engine.connect() as connection:
        free = connection.exec_driver_sql(
            "select nextval(pg_get_serial_sequence('event', 'id')) > max(id) from event"
        ).scalar_one()
    engine.dispose()
    return bool(free)


def rows_of(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as source:
        return [source.execute(asked).fetchone()[0] for asked in SAME]
