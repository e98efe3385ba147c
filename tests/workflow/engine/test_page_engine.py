"""One reading for a page, which ends before anything is written."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.support.statements import asked
from workflow.engine.engine import Engine
from workflow.engine.page_engine import PageEngine
from workflow.people.models import Party
from workflow.programmes.engine import open_engine

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url, lambda: NOON)
    yield engine
    engine.database.dispose()


@pytest.fixture
def page(engine: Engine) -> Iterator[PageEngine]:
    page = PageEngine(engine)
    yield page
    page.let_go()


def enter(engine: Engine, key: str) -> None:
    with engine.transaction() as session:
        session.add(Party(key=key, kind="organisation", name=key))


def parties(engine: Engine) -> int:
    with engine.reading() as session:
        return session.scalar(select(func.count()).where(Party.kind == "organisation")) or 0


def test_everything_is_read_in_one_transaction(page: PageEngine) -> None:
    with asked(page.database) as found:
        parties(page)
        parties(page)

    assert (len(found.readings), found.read) == (1, 2)


def test_one_state_of_things_is_seen_throughout(engine: Engine, page: PageEngine) -> None:
    if engine.database.dialect.name == "sqlite":
        pytest.skip("a file that is being read is not written to")
    before = parties(page)
    enter(engine, "one")

    after = parties(page)

    assert (before, after) == (0, 0)


def test_what_the_page_wrote_is_read_afterwards(page: PageEngine) -> None:
    before = parties(page)
    enter(page, "one")

    after = parties(page)

    assert (before, after) == (0, 1)


def test_a_reading_beside_an_open_transaction_does_not_outlive_it(page: PageEngine) -> None:
    with page.transaction() as session:
        session.add(Party(key="one", kind="organisation", name="one"))
        seen = parties(page)

    assert (seen, parties(page)) == (0, 1)


def test_a_question_that_the_database_refuses_does_not_spoil_the_next(page: PageEngine) -> None:
    with suppress(DBAPIError), page.reading() as session:
        session.execute(text("select nothing from nowhere"))

    assert parties(page) == 0


def test_letting_go_gives_the_connection_back(engine: Engine, page: PageEngine) -> None:
    parties(page)

    page.let_go()

    enter(engine, "one")
    assert parties(page) == 1


def test_the_definitions_are_those_of_the_engine(engine: Engine, page: PageEngine) -> None:
    assert page.now() == NOON
    assert page.database is engine.database
