"""A row that keeps a sweep away is told of, and what it kept away is done after all."""

from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, select, update
from tests.workflow.engine.conftest import world

from tests.support.world import World
from workflow.engine.commands import OpenRound, initiate
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Deadline, Round
from workflow.oversight.checks.deadlines import unminded
from workflow.oversight.checks.run import check_if_due

__all__ = ["world"]

FAR = timedelta(days=4000)


def kept_away(world: World, value: ColumnElement[object] | object) -> None:
    """Have no sweep look at the consultation, as somebody at the database could."""
    with world.engine.transaction() as session:
        session.execute(update(Round).where(Round.key == "consultation").values(acts_at=value))


def told(world: World) -> list[str]:
    return [each.difference.sentence for each in unminded(world.engine)]


@pytest.mark.parametrize("value", ["never", "late"])
def test_a_round_that_no_sweep_would_settle_is_told(world: World, value: str) -> None:
    world.programme("consultation")
    kept_away(world, None if value == "never" else world.clock.at + FAR)

    before = told(world)
    world.clock.pass_time(days=31)
    swept = sweep(world.engine)
    after = told(world)

    assert before == after == ["Time would not act on the round consultation when it should."]
    assert swept.settled == 0
    assert check_if_due(world.engine)
    assert (sweep(world.engine).settled, told(world)) == (1, [])


def test_a_round_of_which_nobody_would_be_reminded_is_told(world: World) -> None:
    world.programme("consultation")
    with world.engine.reading() as session:
        due = session.scalars(select(Round.due_at).where(Round.key == "consultation")).one()
        assert session.scalars(select(Deadline.id)).first()
    kept_away(world, due)

    said = told(world)

    assert said == ["Time would not act on the round consultation when it should."]
    assert check_if_due(world.engine)
    sweep(world.engine)
    assert told(world) == []


def test_an_end_that_came_to_nothing_is_not_told(world: World) -> None:
    ref = world.programme("active")
    wish = OpenRound(ref, "suspension", "Floods.", world.version(ref), "k" * 32)
    initiate(world.engine, world.person("elena.petrova"), wish)
    world.clock.pass_time(days=40)
    sweep(world.engine)

    with world.engine.reading() as session:
        acts = session.scalars(select(Round.acts_at).where(Round.key == "suspension")).one()

    assert (acts, told(world)) == (None, [])
