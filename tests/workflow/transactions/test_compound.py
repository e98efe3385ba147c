"""Writes that know nothing of each other go side by side, and do the same as one after the other."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from tests.support.statements import asked
from workflow.database import connect
from workflow.schema import METADATA
from workflow.transactions.compound import MOST_VALUES, Compounds, only_table
from workflow.transactions.lane import Lane
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction, open_transaction

PARTIES, PEOPLE, EVENTS = (METADATA.tables[name] for name in ("party", "person", "event"))
PARTY = {
    "executes": False,
    "gives": False,
    "languages": "",
    "contact": "",
    "sort": "",
    "iso3": None,
}
PERSON = {"name": "A", "password_hash": "", "language": "en", "purpose": "", "time_zone": "",
          "created_at": datetime(2026, 3, 2, 12, tzinfo=UTC), "password_temporary": False}  # fmt: skip
FOUNDED = PreparedStatement(insert(PARTIES).inline(), (*PARTY, "key", "kind", "name"))
RENAMED = PreparedStatement(
    update(PARTIES).where(PARTIES.c.key == bindparam("of")).values(name=bindparam("called"))
)
ENTERED = PreparedStatement(insert(PEOPLE).inline(), (*PERSON, "email"))


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    database = connect(database_url)
    yield database
    database.dispose()


def chile(transaction: Transaction, kind: str = "country") -> None:
    transaction.write(FOUNDED, key="chile", kind=kind, name="Chile", **PARTY)


def somebody(transaction: Transaction, email: str = "a@b.c") -> None:
    transaction.write(ENTERED, email=email, **PERSON)


def written(database: Engine) -> tuple[list[str], list[str]]:
    countries = select(PARTIES.c.name).where(PARTIES.c.kind == "country")
    with database.connect() as connection:
        return (
            list(connection.scalars(countries)),
            list(connection.scalars(select(PEOPLE.c.email))),
        )


def test_what_goes_to_different_tables_is_one_statement_where_that_is_cheaper(
    database: Engine,
) -> None:
    with asked(database) as heard, open_transaction(Lane(database)) as transaction:
        chile(transaction)
        somebody(transaction)

    (heard_of,) = heard.transactions
    assert len(heard_of.statements) == (1 if database.dialect.name == "postgresql" else 2)
    assert written(database) == (["Chile"], ["a@b.c"])


def test_what_goes_to_one_table_is_written_in_its_order(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        chile(transaction)
        somebody(transaction)
        transaction.write(RENAMED, of="chile", called="Chile, renamed")
        transaction.write(RENAMED, of="chile", called="Chile, renamed twice")

    assert written(database) == (["Chile, renamed twice"], ["a@b.c"])


def somebody_of_no_country(database: Engine) -> None:
    with open_transaction(Lane(database)) as transaction:
        somebody(transaction)
        chile(transaction, kind="island")


def test_what_fails_beside_others_leaves_nothing_of_them(database: Engine) -> None:
    with pytest.raises(IntegrityError, match="kind_known"):
        somebody_of_no_country(database)

    assert written(database) == ([], [])


def test_more_values_than_the_driver_remembers_are_never_side_by_side() -> None:
    each = [(FOUNDED, {**PARTY, "key": "x", "kind": "country", "name": "X"}),
            (ENTERED, {**PERSON, "email": "a@b.c"})]  # fmt: skip
    many = [(PreparedStatement(insert(table).inline()), dict.fromkeys(table.c.keys()))
            for table in METADATA.sorted_tables if table not in {PARTIES, PEOPLE}]  # fmt: skip

    sent = list(Compounds().of([*each, *many], postgresql.dialect(paramstyle="pyformat")))

    assert len(sent) < len(many)
    assert max(len(values) for _, values in sent) <= MOST_VALUES


def test_a_compound_is_composed_once() -> None:
    compounds, dialect = Compounds(), postgresql.dialect(paramstyle="pyformat")
    owed = [(RENAMED, {"of": "chile", "called": "Chile"}), (ENTERED, {**PERSON, "email": ""})]

    first, again = (list(compounds.of(owed, dialect)) for _ in range(2))

    assert first[0][0] is again[0][0]
    assert Compounds().of(owed, sqlite.dialect())[0][0].text.startswith("UPDATE")


@pytest.mark.parametrize(
    ("composed", "goes_to"),
    [
        (insert(PARTIES), PARTIES),
        (update(PARTIES).where(PARTIES.c.id == 1).values(name="x"), PARTIES),
        (insert(PARTIES).returning(PARTIES.c.id), None),
        (insert(PARTIES).from_select(["name"], select(PEOPLE.c.name)), None),
        (update(PARTIES).where(PARTIES.c.name.in_(select(PARTIES.c.key))).values(name=""), None),
        (update(PARTIES).where(PARTIES.c.id == EVENTS.c.id).values(name=""), None),
        (delete(PARTIES), None),
        (select(PARTIES.c.id), None),
    ],
)
def test_what_reads_or_tells_anything_stands_alone(composed: object, goes_to: object) -> None:
    assert only_table(composed) is goes_to
