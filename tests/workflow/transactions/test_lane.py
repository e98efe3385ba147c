"""The connection kept between acts: the same one again, never a broken one, and never for two at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, literal, select, text
from sqlalchemy.exc import DBAPIError

from workflow.database import connect
from workflow.transactions import lane as lanes
from workflow.transactions.lane import Lane
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction, open_transaction

ONE = text("select 1")
WHO = text("select pg_backend_pid()")


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    database = connect(database_url)
    yield database
    database.dispose()


def driver(transaction: Transaction) -> object:
    return transaction.session.connection().connection.dbapi_connection


def act(lane: Lane) -> object:
    """One act; answers with the connection on which it was done."""
    with open_transaction(lane) as transaction:
        assert transaction.session.scalar(ONE) == 1
        return driver(transaction)


def fail(lane: Lane) -> None:
    with open_transaction(lane) as transaction:
        transaction.session.execute(text("select * from nowhere"))


def lose(lane: Lane, database: Engine, taken: list[Any]) -> None:
    """Have the server end the connection of an act in its midst; says which one it took."""
    with open_transaction(lane) as transaction:
        taken.append(driver(transaction))
        pid = transaction.session.scalar(WHO)
        with database.connect() as other:
            other.execute(text("select pg_terminate_backend(:of, 5000)"), {"of": pid})
        transaction.read((PreparedStatement(select(literal(1))), {}))


def test_one_act_after_the_other_takes_the_same_connection_and_leaves_the_pool_alone(
    database: Engine,
) -> None:
    lane, taken = Lane(database), list[object]()
    first = act(lane)
    event.listen(database.pool, "checkout", lambda *of: taken.append(of))

    assert [act(lane), act(lane)] == [first, first]
    assert taken == []
    assert database.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_two_acts_at_once_have_a_connection_each(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    lane = Lane(database)

    with open_transaction(lane) as first, open_transaction(lane) as second:
        ones = [first.session.scalar(ONE), second.session.scalar(ONE)]
        apart = driver(first) is not driver(second)

    assert (ones, apart) == ([1, 1], True)
    assert database.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert act(lane) is not None
    database.dispose()


def test_a_connection_on_which_an_act_failed_is_not_kept(database: Engine) -> None:
    lane = Lane(database)
    before = act(lane)

    with pytest.raises(DBAPIError, match="nowhere"):
        fail(lane)

    assert act(lane) is not before


def test_what_is_kept_ends_with_the_connections_of_the_pool(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    kept = act(Lane(database))

    database.dispose()

    assert kept.closed  # type: ignore[attr-defined]


def test_a_process_made_from_another_one_leaves_that_ones_connection_open(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = connect(postgresql_url)
    lane = Lane(database)
    brought_along = act(lane)

    monkeypatch.setattr(lanes, "getpid", lambda: 0)
    database.dispose(close=False)
    monkeypatch.undo()

    assert not brought_along.closed  # type: ignore[attr-defined]
    assert act(lane) is not brought_along
    brought_along.close()  # type: ignore[attr-defined]
    database.dispose()


def test_a_connection_that_the_server_ended_is_replaced(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    lane = Lane(database)
    with open_transaction(lane) as transaction:
        kept = transaction.session.scalar(WHO)
    with database.connect() as other:
        other.execute(text("select pg_terminate_backend(:kept, 5000)"), {"kept": kept})

    with open_transaction(lane) as transaction:
        now = transaction.session.scalar(WHO)

    assert now != kept
    database.dispose()


@pytest.mark.parametrize("kept", [False, True])
def test_an_act_whose_connection_is_lost_gives_up_those_that_lie_idle_as_well(
    postgresql_url: str, *, kept: bool
) -> None:
    database = connect(postgresql_url)
    lane = Lane(database)
    with database.connect() as idle:
        beside: Any = idle.connection.dbapi_connection
        if kept:
            act(lane)

    taken = list[Any]()
    with pytest.raises(DBAPIError) as lost:
        lose(lane, database, taken)

    assert lost.value.connection_invalidated
    assert [each.closed for each in (*taken, beside)] == [True, True]
    assert act(lane) not in {*taken, beside}
    database.dispose()
