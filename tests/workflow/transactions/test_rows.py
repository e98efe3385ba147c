"""Rows written several at a time: all of them, in few statements, of few shapes."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select

from workflow.database import connect
from workflow.people.models import Party
from workflow.schema import METADATA
from workflow.transactions.lane import Lane
from workflow.transactions.rows import MOST, PreparedRows
from workflow.transactions.transaction import open_transaction

PARTIES = METADATA.tables[Party.__tablename__]
COLUMNS = [column.name for column in PARTIES.columns if column.name != "id"]
FOUNDED = PreparedRows(PARTIES, COLUMNS)
NOTHING_MORE = {"executes": False, "gives": False, "languages": "", "contact": "", "sort": ""}


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    database = connect(database_url)
    yield database
    database.dispose()


def countries(number: int) -> list[dict[str, str | bool | None]]:
    return [
        {"key": f"country-{at:02}", "kind": "country", "name": f"Country {at:02}", "iso3": None}
        | NOTHING_MORE
        for at in range(number)
    ]


@pytest.mark.parametrize("number", [0, 1, MOST, 2 * MOST + 1])
def test_every_row_is_written(database: Engine, number: int) -> None:
    with open_transaction(Lane(database)) as transaction:
        transaction.write_rows(FOUNDED, countries(number))

    written = select(PARTIES.c.key).where(PARTIES.c.kind == "country").order_by(PARTIES.c.key)
    with database.connect() as connection:
        assert list(connection.scalars(written)) == [row["key"] for row in countries(number)]


def test_few_statements_write_many_rows() -> None:
    sizes = [len(values) // len(COLUMNS) for _, values in FOUNDED.of(countries(2 * MOST + 1))]

    assert sizes == [MOST, MOST, 1]


def test_rows_of_one_number_are_composed_once() -> None:
    first, again = (next(FOUNDED.of(countries(3))) for _ in range(2))

    assert first[0] is again[0]
