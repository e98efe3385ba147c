"""Batches past the cursors of psycopg: what they answer, what a fault leaves, and what stays prepared."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from workflow.transactions.pipeline import Pipeline

BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
PREPARED = "select count(*) from pg_prepared_statements where statement like %(like)s"
DOUBLED = "select %(number)s::int * 2 /* doubled */"


@pytest.fixture
def driver(postgresql_url: str) -> Iterator[Any]:
    address = make_url(postgresql_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as driver:
        yield driver


def rows(pipeline: Pipeline, *asked: tuple[str, dict[str, Any]], end: str = "") -> list[Any]:
    return [pipeline.rows(answer) for answer in pipeline.answers(asked, end=end)]


def prepared(driver: Any) -> int:
    found = driver.execute(PREPARED, {"like": "%::int%doubled%"}, prepare=False).fetchone()
    return int(found[0])


def test_each_statement_answers_in_its_place(driver: Any) -> None:
    pipeline = Pipeline(driver)
    ones, twos = ("select 1", {}), ("select 2 union select 3", {})

    assert rows(pipeline, ones, twos) == [[(1,)], [(2,), (3,)]]


def test_values_and_rows_are_of_our_own_kinds(driver: Any) -> None:
    told = {"s": "Chilé %", "n": 7, "b": b"\0\xff", "t": True, "d": date(2026, 3, 2), "none": None,
            "at": datetime(2026, 3, 2, 12, 0, 0, 250, tzinfo=UTC)}  # fmt: skip
    kinds = {"s": "text", "n": "int", "b": "bytea", "t": "bool", "d": "date", "none": "text",
             "at": "timestamptz"}  # fmt: skip
    text = "select " + ", ".join(f"%({name})s::{kind}" for name, kind in kinds.items())

    ((row,),) = rows(Pipeline(driver), (text, told))

    assert row == tuple(told.values())


def test_a_value_may_stand_in_several_places_and_a_sign_of_percent_is_one(driver: Any) -> None:
    text = "select %(it)s::text || %(it)s::text, 7 %% 4, %(other)s::int"

    assert rows(Pipeline(driver), (text, {"other": 3, "it": "a"})) == [[("aa", 3, 3)]]


def test_a_batch_begins_and_ends_a_transaction(driver: Any) -> None:
    pipeline = Pipeline(driver)
    pipeline.answers([("create temp table kept (n int)", {})], begin=BEGIN)
    within = driver.info.transaction_status.name

    pipeline.answers([("insert into kept values (%(n)s)", {"n": 1})], end="COMMIT")

    assert (within, driver.info.transaction_status.name) == ("INTRANS", "IDLE")
    assert rows(pipeline, ("select n from kept", {})) == [[(1,)]]


def test_the_first_fault_is_raised_and_nothing_behind_it_is_done(driver: Any) -> None:
    pipeline = Pipeline(driver)
    driver.execute("create temp table kept (n int check (n < 3))")
    inserts = [("insert into kept values (%(n)s)", {"n": n}) for n in (1, 7, 2)]

    with pytest.raises(psycopg.errors.CheckViolation):
        pipeline.answers(inserts, begin=BEGIN, end="COMMIT")

    driver.rollback()
    assert rows(pipeline, ("select n from kept", {})) == [[]]


def test_a_statement_is_prepared_with_its_first_use_and_once(driver: Any) -> None:
    pipeline = Pipeline(driver)

    found = [rows(pipeline, (DOUBLED, {"number": number})) for number in range(3)]

    assert found == [[[(0,)]], [[(2,)]], [[(4,)]]]
    assert prepared(driver) == 1


def test_what_the_driver_has_forgotten_at_a_rollback_is_prepared_anew(driver: Any) -> None:
    pipeline = Pipeline(driver)
    pipeline.answers([(DOUBLED, {"number": 1})], begin=BEGIN)
    driver.rollback()
    forgotten = prepared(driver)

    answered = rows(pipeline, (DOUBLED, {"number": 2}), (DOUBLED, {"number": 3}))

    assert (forgotten, answered, prepared(driver)) == (0, [[(4,)], [(6,)]], 1)


def test_a_statement_that_could_not_be_prepared_is_prepared_when_it_can_be(driver: Any) -> None:
    pipeline, asked = Pipeline(driver), ("select n from later", {})
    with pytest.raises(psycopg.errors.UndefinedTable):
        pipeline.answers([asked], begin=BEGIN)
    driver.rollback()

    driver.execute("create temp table later (n int)")

    assert rows(pipeline, asked) == [[]]


def test_nothing_is_prepared_where_the_driver_is_told_so(driver: Any) -> None:
    driver.prepare_threshold = None

    answered = rows(Pipeline(driver), (DOUBLED, {"number": 2}))

    assert (answered, prepared(driver)) == ([[(4,)]], 0)


def test_a_connection_that_is_cut_off_says_so(driver: Any, postgresql_url: str) -> None:
    pipeline = Pipeline(driver)
    address = make_url(postgresql_url).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [driver.info.backend_pid])

    with pytest.raises(psycopg.OperationalError):
        pipeline.answers([("select 1", {})] * 3)


def test_what_a_refused_commit_has_the_server_forget_is_prepared_anew(driver: Any) -> None:
    pipeline = Pipeline(driver)
    driver.execute("create temp table once (n int unique deferrable initially deferred)")
    twice = [("insert into once values (%(n)s)", {"n": 1})] * 2
    with pytest.raises(psycopg.errors.UniqueViolation):
        pipeline.answers(twice, begin=BEGIN, end="COMMIT")
    driver.rollback()

    first = rows(pipeline, (DOUBLED, {"number": 1}))
    driver.execute("select 1")
    again = rows(pipeline, (DOUBLED, {"number": 2}))

    assert (first, again) == ([[(2,)]], [[(4,)]])
