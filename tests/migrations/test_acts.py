"""Rounds that were opened before it was written down when time acts on them."""

import pytest
from alembic import command
from sqlalchemy import select

from tests.support.acting import astray
from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.models import Round
from workflow.migration.upgrade import alembic_config

pytestmark = pytest.mark.proof(apart=True)


def acts(world: World) -> list[object]:
    with world.engine.reading() as session:
        return list(session.scalars(select(Round.acts_at).order_by(Round.id)))


def there_and_back(world: World) -> None:
    # The bodies of the house, which later revisions hold, are lost on the way.
    world.honest = False
    command.downgrade(alembic_config(world.url), "0017")
    migrate(world.url)


def test_rounds_from_before_say_when_time_acts_on_them(world: World) -> None:
    world.programme("consultation")
    world.programme("screening")
    world.clock.pass_time(days=24)
    sweep(world.engine)
    before = acts(world)

    there_and_back(world)

    assert acts(world) == before
    assert any(before)
    assert astray(world.engine) == []


def test_what_was_due_before_is_done_by_the_first_sweep(world: World) -> None:
    world.programme("consultation")
    world.clock.pass_time(days=31)
    there_and_back(world)

    first, second = sweep(world.engine), sweep(world.engine)

    assert (first.settled, second) == (1, Swept())


def test_nothing_is_lost_on_the_way_back(world: World) -> None:
    world.programme("consultation")

    assert not [said for said in map(str, losses(world.url, "0017")) if "acts_at" in said]
