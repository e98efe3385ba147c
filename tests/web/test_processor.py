"""What a page costs in processor time, as a multiple of the frame alone, measured in turns in one run."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, KINDS
from tests.support.visitors import Visitor, entrance
from tests.support.world import World
from tests.web.test_statements import CONSULTED, DECIDED, DELEGATE, Ticking, ref_of
from workflow.clock import utc_now

# A page that holds its frame and one sentence: who is signed in, what waits, the menu.
FRAME = "/nowhere"
TURNS = 9
# Twice what was measured, so that only a page that composes or reads far more than before is told.
MOST = {
    "/": 7.0,
    "/queue": 4.5,
    "/programmes/{consulted}": 11.0,
    "/programmes/{consulted}/rounds/consultation/1": 10.0,
    "/programmes/{decided}/rounds/decision/1": 10.0,
}


@pytest.fixture(scope="module", params=KINDS)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The demonstration."""
    folder = tmp_path_factory.mktemp("processor")
    with databases.fresh(request.param, folder, DEMONSTRATION) as url:
        world = World(url, utc_now())
        world.clock = world.engine.clock = Ticking(utc_now())
        yield world
        world.close()


def spent(visitor: Visitor, address: str) -> float:
    """The processor time of one page."""
    began = process_time()
    visitor.get(address)
    return process_time() - began


def test_no_page_costs_many_times_its_frame(world: World, tmp_path: Path) -> None:
    visitor = entrance(world, tmp_path)(DELEGATE)
    named = {"consulted": ref_of(world, CONSULTED[0]), "decided": ref_of(world, DECIDED[0])}
    pages = {page: page.format(**named) for page in MOST}
    for address in (FRAME, *pages.values()):
        visitor.get(address)

    turns = [
        {page: spent(visitor, address) for page, address in [("", FRAME), *pages.items()]}
        for _ in range(TURNS)
    ]

    least = {page: min(turn[page] for turn in turns) for page in turns[0]}
    told = {page: round(least[page] / least[""], 1) for page in MOST}
    assert {page: ratio for page, ratio in told.items() if ratio > MOST[page]} == {}, told
