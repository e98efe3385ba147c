"""Programmes are counted in differences, and the count is what there is, folded or not."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import bring_in
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


def there(world: World) -> dict[tuple[int | None, str, bool], int]:
    """How many lines stand where."""
    columns = (ListedProgramme.framework_id, ListedProgramme.stage, ListedProgramme.private)
    with world.engine.reading() as session:
        rows = session.execute(select(*columns, func.count()).group_by(*columns))
        return {(framework, stage, private): number for framework, stage, private, number in rows}


def told(world: World) -> dict[tuple[int | None, str, bool], int]:
    """How many the differences say."""
    found: Counter[tuple[int | None, str, bool]] = Counter()
    with world.engine.reading() as session:
        for private in (False, True):
            for (framework, stage), number in tally(session, private=private).items():
                found[framework, stage, private] += number
    return {key: number for key, number in found.items() if number}


def differences(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).select_from(PortfolioChange)) or 0


def test_the_sum_of_the_differences_is_what_there_is(world: World) -> None:
    assert told(world) == there(world)


def test_folded_differences_say_the_same_in_fewer_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "ENOUGH", 3)
    before, rows = told(world), differences(world)

    fewer = fold(world.engine)

    assert told(world) == before
    assert differences(world) == rows - fewer == len(before)


def test_few_differences_are_left_alone(world: World) -> None:
    assert fold(world.engine) == 0
