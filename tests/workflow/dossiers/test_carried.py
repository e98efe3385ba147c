"""The dossiers of a case with a table, and of one that a row of it opened: each verifies by itself."""

from pathlib import Path

import pytest

from tests.workflow.dossiers.handed import Log, examined, witnessed
from tests.workflow.engine.cases.family import OFFICER, REF, begun
from tests.workflow.engine.cases.of_rows import PAPER, of_one, of_rows


@pytest.mark.parametrize("ref", [REF, f"{REF}.1"])
def test_what_a_row_carried_is_told_in_it(log: Log, tmp_path: Path, ref: str) -> None:
    world = log.world
    begun(world, of_one(), of_rows())
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER)
    world.answer(REF, "ask", OFFICER, "asked")

    dossier, policy = witnessed(log, ref, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []
