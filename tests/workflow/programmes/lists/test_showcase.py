"""What everybody may know of where programmes stand: numbers that add up, and one that waits."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from tests.support.statements import asked
from tests.support.world import PROPOSAL, World
from tests.workflow.programmes.lists.portfolios import bring_in
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.showcase import Showcase, showcase
from workflow.vocabulary import STAGES


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def shown(world: World) -> Showcase:
    with world.engine.reading() as session:
        return showcase(session, world.engine)


def test_an_empty_house_has_five_stages_with_nothing_in_them(world: World) -> None:
    found = shown(world)

    assert [(each.stage, each.number, each.example) for each in found.stages] == [
        (stage, 0, None) for stage in STAGES
    ]
    assert (found.live, found.ended, found.total) == (0, 0, 0)


def test_the_numbers_and_the_ended_ones_add_up_to_everything_public(world: World) -> None:
    for state in ("draft", "screening", "consultation", "closed"):
        world.programme(state)
    bring_in(world, {}, {})

    found = shown(world)

    with world.engine.reading() as session:
        public = select(func.count()).where(~ListedProgramme.private)
        assert found.total == session.scalar(public) == 5
    assert found.live + found.ended == found.total


def test_the_example_is_the_one_that_stands_longest_on_somebody(world: World) -> None:
    earlier = world.programme("screening")
    world.clock.pass_time(days=3)
    world.programme("screening")

    example = shown(world).stages[0].example

    assert example is not None
    assert (example.ref, example.title) == (earlier, PROPOSAL["title"])
    assert example.countries == ("Angola", "Mozambique")
    assert example.move.asks == "screen the proposal"


def test_a_draft_is_neither_counted_nor_shown(world: World) -> None:
    world.programme("draft")

    assert shown(world) == Showcase(shown(world).stages, 0)
    assert shown(world).total == 0
    assert shown(world).stages[0].example is None


def test_what_was_imported_is_counted_and_is_no_example(world: World) -> None:
    bring_in(world, {})

    found = shown(world)

    assert found.total == 1
    assert not any(each.example for each in found.stages)


def test_it_asks_few_questions_however_many_there_are(world: World) -> None:
    for _ in range(3):
        world.programme("screening")
    shown(world)

    with asked(world.engine.database) as found:
        shown(world)

    assert found.read <= 4, found.told()
