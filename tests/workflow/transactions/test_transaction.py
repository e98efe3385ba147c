"""A transaction of an act: owed statements reach the database in order, whole, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, bindparam, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from workflow.database import connect, for_writing
from workflow.errors import NotFound
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.schema import METADATA
from workflow.transactions.lane import Lane
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction, open_transaction
from workflow.transactions.wire import Wire

PARTIES = METADATA.tables[Party.__tablename__]
FOUNDED = PreparedStatement(
    insert(PARTIES).inline(), [column.name for column in PARTIES.columns if column.name != "id"]
)
RENAMED = PreparedStatement(
    update(PARTIES).where(PARTIES.c.key == bindparam("of")).values(name=bindparam("called"))
)
COUNTRIES = select(func.count()).where(PARTIES.c.kind == "country")
NAMES = PreparedStatement(
    select(PARTIES.c.name).where(PARTIES.c.kind == "country").order_by(PARTIES.c.name)
)
WHEN = PreparedStatement(select(METADATA.tables["person"].c.created_at))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
REFUSED = NotFound(phrase("There is no such round in this lifecycle."))


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    database = connect(database_url)
    yield database
    database.dispose()


def found(transaction: Transaction, key: str, kind: str = "country") -> None:
    transaction.write(
        FOUNDED, key=key, kind=kind, name=key.title(), iso3=None,
        executes=False, gives=False, languages="", contact="", sort="",
    )  # fmt: skip


def names(database: Engine) -> list[str]:
    with open_transaction(Lane(database)) as transaction:
        (rows,) = transaction.read((NAMES, {}))
    return [row.name for row in rows]


def test_what_is_owed_is_written_in_its_order_and_made_to_last(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        transaction.write(RENAMED, of="chile", called="Chile, renamed")

    assert names(database) == ["Chile, renamed"]


def test_what_is_asked_sees_what_is_owed(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        (rows,) = transaction.read((NAMES, {}))
        found(transaction, "cuba")
        counted = transaction.session.scalar(COUNTRIES)

    assert ([row.name for row in rows], counted) == (["Chile"], 2)


def test_a_row_is_read_by_name_and_in_the_order_of_its_columns(database: Engine) -> None:
    country = PARTIES.c.kind == "country"
    asked = PreparedStatement(select(PARTIES.c.key, PARTIES.c.name).where(country))

    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        (rows,) = transaction.read((asked, {}))

    ((key, name),) = rows
    assert [(row.key, row.name) for row in rows] == [(key, name)] == [("chile", "Chile")]


def test_a_session_held_on_to_sees_what_was_owed_after_it(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        session = transaction.session
        found(transaction, "chile")
        counted = session.scalar(COUNTRIES)

    assert counted == 1


def stop(database: Engine, fault: Exception, *, keeping: bool = False) -> None:
    """Found two countries, between which the work may be kept, and come to a stop."""
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        if keeping:
            transaction.keep()
        found(transaction, "cuba")
        transaction.hand_over()
        raise fault


def found_atlantis(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        found(transaction, "atlantis", kind="island")


def test_a_fault_leaves_nothing_behind(database: Engine) -> None:
    with pytest.raises(IntegrityError, match="kind_known"):
        found_atlantis(database)

    assert names(database) == []


def write_by_session_and_fail(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        chile = {"key": "chile", "kind": "country", "name": "Chile"}
        transaction.session.execute(insert(PARTIES), chile)
        raise ZeroDivisionError


def test_a_fault_leaves_nothing_of_what_a_session_wrote_first(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        write_by_session_and_fail(database)

    assert names(database) == []


def test_what_is_only_tried_is_taken_back_whole_and_the_next_act_goes_on(database: Engine) -> None:
    lane = Lane(database)
    with open_transaction(lane) as transaction:
        found(transaction, "chile")
        counted = transaction.session.scalar(COUNTRIES)
        found(transaction, "cuba")
        transaction.session.rollback()
    tried = names(database)

    with open_transaction(lane) as transaction:
        found(transaction, "peru")

    assert (counted, tried, names(database)) == (1, [], ["Peru"])


def fail_after_something_tried(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        transaction.session.rollback()
        found(transaction, "chile")
        transaction.hand_over()
        raise ZeroDivisionError


def test_a_fault_after_something_tried_leaves_nothing_behind(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_something_tried(database)

    assert names(database) == []


def test_a_refusal_leaves_nothing_behind(database: Engine) -> None:
    with pytest.raises(NotFound):
        stop(database, REFUSED)

    assert names(database) == []


def test_a_refusal_takes_back_nothing_that_was_to_be_kept(database: Engine) -> None:
    with pytest.raises(NotFound):
        stop(database, REFUSED, keeping=True)

    assert names(database) == ["Chile"]


def refuse_before_anything_is_sent(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        transaction.keep()
        found(transaction, "cuba")
        raise REFUSED


def test_a_refusal_before_anything_was_sent_keeps_what_was_to_be_kept(database: Engine) -> None:
    with pytest.raises(NotFound):
        refuse_before_anything_is_sent(database)

    assert names(database) == ["Chile"]


def refuse_what_a_session_wrote(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        transaction.session.scalar(COUNTRIES)
        found(transaction, "chile")
        transaction.keep()
        cuba = {"key": "cuba", "kind": "country", "name": "Cuba"}
        transaction.session.execute(insert(PARTIES), cuba)
        raise REFUSED


def test_a_refusal_takes_back_what_a_session_wrote_behind_what_is_kept(database: Engine) -> None:
    with pytest.raises(NotFound):
        refuse_what_a_session_wrote(database)

    assert names(database) == ["Chile"]


def test_a_bug_takes_back_even_what_was_to_be_kept(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        stop(database, ZeroDivisionError(), keeping=True)

    assert names(database) == []


def test_what_follows_on_what_was_kept_lasts_as_well(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        found(transaction, "chile")
        transaction.keep()
        found(transaction, "cuba")

    assert names(database) == ["Chile", "Cuba"]


def test_values_and_cells_have_our_own_types(database: Engine) -> None:
    people = METADATA.tables["person"]
    told = {"email": "a@b.c", "name": "A", "password_hash": "", "language": "en", "purpose": "",
            "created_at": NOON, "disabled_at": None, "time_zone": "", "password_temporary": False}  # fmt: skip
    statement = PreparedStatement(insert(people).inline(), tuple(told))

    with open_transaction(Lane(database)) as transaction:
        transaction.write(statement, **told)
        ((row,),) = transaction.read((WHEN, {}))

    assert row.created_at == NOON


def test_a_connection_is_fit_for_use_after_a_fault(database: Engine) -> None:
    with pytest.raises(IntegrityError):
        found_atlantis(database)

    with database.connect() as connection:
        assert connection.scalar(text("select 1")) == 1


def test_a_connection_that_is_stuck_among_what_was_sent_is_given_up(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    with for_writing(database) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.pgconn.enter_pipeline_mode()
        driver.pgconn.send_query_params(b"select 1", None)

        with pytest.raises(OperationalError) as raised:
            Wire(connection).run([(NAMES, {})])

    assert raised.value.connection_invalidated
    database.dispose()
