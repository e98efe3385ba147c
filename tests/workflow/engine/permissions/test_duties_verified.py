"""Claims, declarations and lifted bars are told on the trail: whoever alters a row is found out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.support.sizes import some_of_each
from tests.support.world import World
from tests.workflow.engine.commands.test_claim import give_back, take
from tests.workflow.engine.commands.test_declare import declare
from tests.workflow.engine.commands.test_waive import begun, lift
from workflow.audit.verification.verify import verify
from workflow.database import Base

TABLES = {name: Base.metadata.tables[name] for name in ("seat_claim", "declaration", "lifted_bar")}
COLUMNS = [(name, column) for name, table in TABLES.items() for column in table.columns.keys()[1:]]


def tell(world: World) -> None:
    """One row of each kind, of three cases."""
    first = world.programme("screening")
    take(world, first)
    give_back(world, first)
    declare(world, world.programme("appraisal"))
    begun(world)
    lift(world)


def other(column: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with another value in one column, as far as the database takes it."""
    value = row[column]
    match value:
        case bool():
            return {column: not value}
        case int():
            return {column: value - 1 if value > 1 else value + 1}
        case str():
            return {column: f"{value}x"}
    return {column: value + timedelta(seconds=1)}


@pytest.mark.proof
def test_every_altered_column_is_found(world: World) -> None:
    """Every column in a long proof, three of each table in a short run."""
    world.honest = False
    tell(world)
    assert verify(world.engine.database).sound

    missed = []
    for name, column in some_of_each(COLUMNS, lambda column: column[0], few=3):
        table = TABLES[name]
        with world.engine.transaction() as session:
            kept = dict(session.execute(select(table)).mappings().one())
            session.execute(update(table).values(other(column, kept)))
        if verify(world.engine.database).sound:
            missed.append((name, column))
        with world.engine.transaction() as session:
            session.execute(update(table).values({column: kept[column]}))

    assert missed == []
    assert verify(world.engine.database).sound


@pytest.mark.parametrize("name", TABLES)
def test_a_row_taken_away_is_found(world: World, name: str) -> None:
    world.honest = False
    tell(world)
    with world.engine.transaction() as session:
        session.execute(delete(TABLES[name]))

    checked = verify(world.engine.database)

    assert not checked.sound
