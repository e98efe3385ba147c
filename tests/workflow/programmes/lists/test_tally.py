"""Programmes are counted in differences, and the count is what there is, folded or not."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, or_, select

from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import bring_in
from workflow.frameworks.models import Framework
from workflow.programmes.lists import tally as counting
from workflow.programmes.lists.models import ListedProgramme, PortfolioChange
from workflow.programmes.lists.tally import fold, tally


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    for state in ("draft", "screening", "consultation"):
        world.programme(state)
    bring_in(world, {}, {}, {})
    yield world
    world.close()


Standing = dict[tuple[str, str], int]


def there(world: World, *, whole: bool) -> Standing:
    """How many lines stand where."""
    columns = (Framework.key, ListedProgramme.stage)
    counted = (
        select(*columns, func.count())
        .select_from(ListedProgramme)
        .outerjoin(Framework, Framework.id == ListedProgramme.framework_id)
        .where(or_(whole, ~ListedProgramme.private))
        .group_by(*columns)
    )
    with world.engine.reading() as session:
        return {(key or "", stage): number for key, stage, number in session.execute(counted)}


def told(world: World, *, whole: bool) -> Standing:
    """How many the differences say."""
    with world.engine.reading() as session:
        return {place: number for place, number in tally(session, whole=whole).items() if number}


def differences(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).select_from(PortfolioChange)) or 0


@pytest.mark.parametrize("whole", [False, True])
def test_the_sum_of_the_differences_is_what_there_is(world: World, whole: bool) -> None:
    assert told(world, whole=whole) == there(world, whole=whole) != {}


def test_folded_differences_say_the_same_in_fewer_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "ENOUGH", 3)
    before, rows = (told(world, whole=False), told(world, whole=True)), differences(world)

    fewer = fold(world.engine)

    assert (told(world, whole=False), told(world, whole=True)) == before
    assert differences(world) == rows - fewer < rows


def test_few_differences_are_left_alone(world: World) -> None:
    assert fold(world.engine) == 0
