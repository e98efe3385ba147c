"""The dossiers of a programme and of a case under it: each verifies by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import HOUSE, World
from tests.workflow.dossiers.handed import Log, examined, hand, house
from tests.workflow.engine.cases.family import (
    ALL,
    BY_OUTCOME,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    part,
)
from workflow.dossiers.collect import DossierRequest


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo's house with files that a dossier finds."""
    with databases.fresh_sqlite(tmp_path, HOUSE) as url:
        world = World(url)
        yield world
        world.close()


@pytest.fixture
def family(world: World) -> World:
    """A programme that closed after its part, and an amendment that ended with it, by ways beside a state."""
    child = part()
    child["states"]["y"]["overtaken_by_parent"] = True
    raw = above(ALL, part=KIND, amendment={**BY_OUTCOME, "ends_with": True})
    raw["rounds"]["start"]["outcomes"]["go"] = {"state": "b", "children": ["amendment"]}
    begun(world, child, raw)
    world.answer(REF, "start", OFFICER, "go")
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")
    return world


@pytest.mark.parametrize("ref", [REF, f"{REF}.1", f"{REF}.2"])
def test_the_dossier_of_each_verifies(family: World, tmp_path: Path, ref: str) -> None:
    log = Log(family, tmp_path)
    log.state_heads()
    dossier, policy = tmp_path / "dossier.zip", tmp_path / "policy.txt"

    hand(family, DossierRequest(ref, None, bare=True), dossier, house(tmp_path, log))
    policy.write_text(log.policy)

    assert examined(dossier, policy).faults == []
