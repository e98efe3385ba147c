"""Copies of a case are as sound as what they were copied from, on either database."""

import pytest
from sqlalchemy import func, select

from benchmarks.cloning import CASE, COPIED, EVENT, TABLES, Cloner
from tests.support.world import World
from workflow.audit.verification.verify import verify

pytestmark = pytest.mark.proof(apart=True)
STATE = "consultation"


def test_every_copy_has_the_rows_of_its_original_and_a_chain_that_verifies(world: World) -> None:
    first, others = world.programme(STATE), world.programme("screening")
    before = counts(world)
    with world.engine.database.begin() as connection:
        cloner = Cloner(connection, first)
        made = cloner.clone(f"COPY-{number}" for number in range(3))
        more = cloner.clone(f"MORE-{number}" for number in range(2))

    result = verify(world.engine.database)

    assert result.sound, result.differences
    assert made == ["COPY-0", "COPY-1", "COPY-2"]
    assert len({world.state(ref) for ref in (first, *made, *more)}) == 1
    own = rows_of(world, first)
    assert own["event"] == cloner.events
    assert all(rows_of(world, ref) == own for ref in (*made, *more))
    assert {name: count - before[name] for name, count in counts(world).items()} == {
        name: 5 * count for name, count in own.items()
    }
    assert rows_of(world, others) != own


def test_what_is_written_after_the_copies_has_numbers_of_its_own(world: World) -> None:
    first = world.programme(STATE)
    with world.engine.database.begin() as connection:
        Cloner(connection, first).clone(["COPY-A", "COPY-B"])

    later = world.programme(STATE)

    assert world.state(later) == world.state(first)
    assert verify(world.engine.database).sound


def counts(world: World) -> dict[str, int]:
    with world.engine.database.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(TABLES[name])) or 0
            for name in ("event", *COPIED)
        }


def rows_of(world: World, ref: str) -> dict[str, int]:
    """How many rows of each table belong to this case."""
    found = {}
    with world.engine.database.connect() as connection:
        case_id = connection.scalar(select(CASE.c.id).where(CASE.c.ref == ref))
        for name in ("event", *COPIED):
            table = TABLES[name]
            counted = select(func.count()).select_from(table)
            if "case_id" in table.c:
                own = counted.where(table.c.case_id == case_id)
            else:
                parent = EVENT if "event_id" in table.c else TABLES["round"]
                its = select(parent.c.id).where(parent.c.case_id == case_id)
                own = counted.where(table.c[f"{parent.name}_id"].in_(its))
            found[name] = connection.scalar(own) or 0
    return found
