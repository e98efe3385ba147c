"""A case that is no programme is begun and listed at a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from workflow.demo.cast import DOMAIN
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

JANE, JOAO = (f"{who}@{DOMAIN}" for who in ("jane.okello", "joao.lima"))
FRAMEWORK = ("case", "begin", "cooperation-framework", "--title", "Framework", "--party")


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    publish(world.engine, load_file(Path("config/lifecycles/framework.toml")))
    yield world
    world.close()


def test_an_officer_begins_a_framework_and_lists_it(primemover: PrimeMover, world: World) -> None:
    begun = primemover(*FRAMEWORK, "special-unit", "--by", JANE, database_url=world.url)
    mine = primemover("case", "list", "--by", JANE, database_url=world.url)
    others = primemover("case", "list", "--by", JOAO, database_url=world.url)
    desk = primemover("desk", "list", "--by", JANE, database_url=world.url)

    assert (begun.stderr, mine.stderr, others.stderr) == ("", "", "")
    assert begun.output == "SSC-2026-001 is begun.\n"
    assert "SSC-2026-001  Formulation  since " in mine.output
    assert "SSC-2026-001  Formulation  Framework\n    since " in desk.output
    assert others.output == "There is none that you may know of.\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((*FRAMEWORK, "special-unit", "--by", JOAO), "Only somebody in office there as"),
        ((*FRAMEWORK, "nowhere", "--by", JANE), "There is no party called nowhere."),
        (
            ("case", "begin", "x", "--title", "T", "--party", "special-unit", "--by", JANE),
            "No lifecycle called x is offered.",
        ),
    ],
)
def test_whoever_may_not_is_refused_in_a_sentence(
    primemover: PrimeMover, world: World, asked: tuple[str, ...], said: str
) -> None:
    refused = primemover(*asked, database_url=world.url)

    assert refused.exit_code == 1
    assert said in refused.stderr
