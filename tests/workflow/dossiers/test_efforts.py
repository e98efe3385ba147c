"""The dossiers of records that came under one programme, and of a programme of eight donors: each verifies by itself."""

from pathlib import Path

import pytest

from tests.workflow.dossiers.handed import Log, examined, witnessed
from tests.workflow.lifecycles.real.test_efforts import (
    PROJECTS,
    WHOLE,
    Haiti,
    recorded_as_four,
)
from tests.workflow.programmes.adoption.test_merger import both


@pytest.mark.parametrize("ref", [WHOLE, PROJECTS[1]])
def test_the_dossiers_of_the_whole_and_of_a_part_verify(log: Log, tmp_path: Path, ref: str) -> None:
    recorded_as_four(log.world)
    both(log.world, PROJECTS[1], WHOLE)

    dossier, policy = witnessed(log, ref, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []


def test_the_dossier_of_eight_donors_verifies(log: Log, tmp_path: Path) -> None:
    haiti = Haiti(log.world)
    haiti.signed()

    dossier, policy = witnessed(log, haiti.ref, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []
