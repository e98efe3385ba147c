"""Statements as a driver takes them: each value in the driver's own kind, wherever it stands."""

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import bindparam, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from workflow.database import Base
from workflow.engine.models import CommandKey, Round
from workflow.transactions.statements import PreparedStatement, spelt

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=timezone(timedelta(hours=2)))
KEPT = "2026-03-02 10:30:00.000000"
TIMES = Base.metadata.tables[Round.__tablename__].c
BY_THEN = PreparedStatement(
    select(TIMES.opened_at).where(
        TIMES.opened_at <= bindparam("then"), TIMES.due_at <= bindparam("then")
    )
)
KEYS = Base.metadata.tables[CommandKey.__tablename__]
KEEP = PreparedStatement(insert(KEYS).inline(), ("person_id", "key", "receipt", "at"))


def test_sqlite_takes_values_by_place_and_one_that_stands_twice_is_turned_at_both() -> None:
    ((_, values),) = spelt([(BY_THEN, {"then": NOON})], sqlite.dialect())

    assert [*values] == [KEPT, KEPT]


def test_postgresql_takes_values_by_name_in_utc() -> None:
    ((_, values),) = spelt([(BY_THEN, {"then": NOON})], postgresql.dialect())

    assert values == {"then": NOON.astimezone(UTC)}
    assert values["then"].tzinfo is UTC


def test_what_a_statement_brings_along_stands_beside_what_it_is_given() -> None:
    brings = PreparedStatement(select(literal("wrote")).where(TIMES.due_at <= bindparam("then")))

    ((_, values),) = spelt([(brings, {"then": NOON})], sqlite.dialect())

    assert [*values] == ["wrote", KEPT]


def test_one_value_alone_has_its_place_as_well() -> None:
    alone = PreparedStatement(select(TIMES.id).where(TIMES.id == bindparam("of")))

    ((_, values),) = spelt([(alone, {"of": 7})], sqlite.dialect())

    assert [*values] == [7]


def test_what_was_given_is_left_as_it_is() -> None:
    given = {"person_id": 7, "key": "k", "receipt": {"seq": 3}, "at": NOON}

    ((_, values),) = spelt([(KEEP, given)], sqlite.dialect())

    assert [*values] == [7, "k", '{"seq": 3}', KEPT]
    assert given == {"person_id": 7, "key": "k", "receipt": {"seq": 3}, "at": NOON}


def test_the_rows_that_a_driver_found_are_read_by_name_in_our_own_kinds() -> None:
    ((spelling, _),) = spelt([(BY_THEN, {"then": NOON})], sqlite.dialect())

    (row,) = spelling.rows_of([(KEPT,)])

    assert row.opened_at == NOON
