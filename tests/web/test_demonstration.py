"""The demonstration and an installation never serve each other's database."""

from pathlib import Path

import pytest

from config.choices import WrongSetting
from config.settings import Settings
from tests.support.world import World
from tests.web.cli.conftest import PrimeMover, primemover
from tests.web.conftest import SECRET
from web.demonstration import refuse_demonstration
from workflow.health.demonstration import is_marked, mark

__all__ = ["primemover"]


def test_a_marked_database_is_refused_as_an_installation(world: World, tmp_path: Path) -> None:
    own, demo = (Settings.read(home=tmp_path, demo=demo) for demo in (False, True))
    refuse_demonstration(own, world.engine)
    with world.engine.transaction() as session:
        mark(session, world.clock.at)

    with pytest.raises(WrongSetting, match="everybody knows everybody's password"):
        refuse_demonstration(own, world.engine)

    refuse_demonstration(demo, world.engine)


def test_each_command_refuses_the_database_of_the_other(
    primemover: PrimeMover, sqlite_house_url: str
) -> None:
    on_installation = primemover("demo", database_url=sqlite_house_url)
    house = World(sqlite_house_url)
    with house.engine.transaction() as session:
        before = is_marked(session)
        mark(session, house.clock.at)
    house.close()

    on_demo = primemover("run", database_url=sqlite_house_url, secret_key=SECRET)

    assert not before
    assert on_installation.exit_code == 1
    assert on_installation.stderr.startswith(
        "This database holds an installation and no demonstration."
    )
    assert on_demo.exit_code == 2
    assert "is the demonstration's" in on_demo.stderr
