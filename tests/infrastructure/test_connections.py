"""What a test forgets to end is ended with it; what it still uses is its own fault."""

import pytest
from sqlalchemy import Engine, text

from tests.support.connections import StillInUse, end_all, lasting
from workflow.database import connect


def used(engine: Engine) -> Engine:
    """The engine with a connection in its pool."""
    with engine.connect() as connection:
        connection.execute(text("select 1"))
    return engine


def pooled(engine: Engine) -> int:
    return engine.pool.checkedin()  # type: ignore[attr-defined]


def test_a_forgotten_engine_is_ended(database_url: str) -> None:
    forgotten = used(connect(database_url))

    before = pooled(forgotten)
    end_all()

    assert (before, pooled(forgotten)) == (1, 0)


def test_a_connection_in_use_is_told(sqlite_url: str) -> None:
    kept = connect(sqlite_url).connect()

    with pytest.raises(StillInUse, match=sqlite_url):
        end_all()

    kept.close()


def test_what_outlives_a_test_is_left_to_whoever_opened_it(sqlite_url: str) -> None:
    with lasting():
        shared = used(connect(sqlite_url))

    end_all()

    assert pooled(shared) == 1
    shared.dispose()
