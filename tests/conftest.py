"""What every test may ask for: databases of its own, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer

from tests.support import connections, databases, sizes
from tests.support.run import quickly, runs, selection
from tests.support.run.shares import Shares
from tests.support.world import HOUSE, World

sizes.choose_examples()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the run once; the workers of xdist inherit it through the environment."""
    if not hasattr(config, "workerinput"):
        runs.begin_run()
    quickly.make_quick()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give back what this process holds, and end the run where it began."""
    databases.give_back()
    if not hasattr(config, "workerinput"):
        runs.end_run()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load no file of which this run takes no test."""
    place = collection_path.relative_to(config.rootpath).as_posix()
    return selection.passes_over(config.getoption("markexpr"), place) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what each test needs, and leave out what this run does not take."""
    selection.mark(items)
    selection.sample(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say with a failure which sample this run took."""
    if terminalreporter.stats.get("failed") or terminalreporter.stats.get("error"):
        terminalreporter.line(f"These tests are the sample of SEED={sizes.SEED}.")


def pytest_collection_finish() -> None:
    """Look no more for garbage among the tests themselves."""
    quickly.leave_alone_what_stays()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    """Keep in one process what shares something large."""
    return Shares(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """Leave what a module or the run shares to its own fixture."""
    if fixturedef.scope == "function":
        return (yield)
    with connections.lasting():
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """End what the test left open, so that no failure is blamed on the next one."""
    try:
        return (yield)
    finally:
        connections.end_all()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """A migrated, empty SQLite database."""
    with databases.fresh_sqlite(tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_house_url(tmp_path: Path) -> Iterator[str]:
    """The demo's house in a SQLite database of its own."""
    with databases.fresh_sqlite(tmp_path, HOUSE) as url:
        yield url


@pytest.fixture
def postgresql_house_url() -> Iterator[str]:
    """The demo's house in a PostgreSQL database of its own."""
    with databases.fresh_postgresql(HOUSE) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def house_url(request: pytest.FixtureRequest) -> str:
    """The demo's house; a test that asks for it runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_house_url")
    return url


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    """The demo's house and its people; a test that asks for it runs on both kinds."""
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    with databases.fresh_postgresql() as url:
        yield url


@pytest.fixture
def empty_postgresql_url() -> Iterator[str]:
    """A PostgreSQL database without any table, for the tests of the migrations."""
    with databases.empty_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database; a test that asks for it runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
