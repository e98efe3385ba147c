"""The dossiers of a programme and of a case under it: each verifies by itself."""

from pathlib import Path

import pytest

from tests.workflow.dossiers.handed import Log, examined, witnessed
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


@pytest.fixture
def family(log: Log) -> Log:
    """A programme that closed after its part, and an amendment that ended with it, by ways beside a state."""
    child = part()
    child["states"]["y"]["overtaken_by_parent"] = True
    raw = above(ALL, part=KIND, amendment={**BY_OUTCOME, "ends_with": True})
    raw["rounds"]["start"]["outcomes"]["go"] = {"state": "b", "children": ["amendment"]}
    world = log.world
    begun(world, child, raw)
    world.answer(REF, "start", OFFICER, "go")
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")
    return log


@pytest.mark.parametrize("ref", [REF, f"{REF}.1", f"{REF}.2"])
def test_the_dossier_of_each_verifies(family: Log, tmp_path: Path, ref: str) -> None:
    dossier, policy = witnessed(family, ref, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []
