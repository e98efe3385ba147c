"""Few are gathered, of many the order is followed: both find the same."""

from collections.abc import Iterator

import pytest

from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import OFFICER, bring_in, group
from workflow.programmes.lists import lookup
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.programmes.lists.portfolio import portfolio

ASKED = (
    ProgrammeFilters(text="rice"), ProgrammeFilters(text="ri"), ProgrammeFilters(country="GNB"),
    ProgrammeFilters(region="Africa", area="agriculture"), ProgrammeFilters(stage="end"),
    ProgrammeFilters(subregion="Middle Africa"), ProgrammeFilters(grouping="sadc", text="rice"),
    ProgrammeFilters(text="nobody has this"), ProgrammeFilters(stage="end", sort="title"),
    ProgrammeFilters(framework="F3", sort="budget"), ProgrammeFilters(text="rice", country="AGO"),
)  # fmt: skip


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    world.made("rice", of_rice)
    yield world
    world.close()


def of_rice(world: World) -> None:
    group(world)
    bring_in(world, {"title": "Rice seed"}, {"title": "Rice mills"}, {"title": "Solar pumps"})
    world.programme("screening")


def test_what_is_gathered_is_what_the_order_comes_by(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = {asked: found(world, asked) for asked in ASKED}
    monkeypatch.setattr(lookup, "FEW", 0)

    for asked in ASKED:
        assert found(world, asked) == gathered[asked], asked


def found(world: World, asked: ProgrammeFilters) -> list[str]:
    """The references on the first page of an officer's list."""
    with world.engine.reading() as session:
        now = world.engine.now()
        page = portfolio(session, world.engine, world.person(OFFICER), asked, now)
    return [line.ref for line in page.lines]


def test_what_is_too_short_for_the_index_is_gathered_too_where_few_programmes_have_it(
    world: World,
) -> None:
    with world.engine.reading() as session:
        looked = lookup.wanted(session, ProgrammeFilters(text="ri"), world.engine.now().date())

    assert looked.few
