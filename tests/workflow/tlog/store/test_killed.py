"""T10, T23: killed at every statement, commit and change of a file, nothing is lost or said twice.

Every run tries some of them, and a proof each one.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs import module
from tests.support.sizes import SIZE, sized

pytestmark = [pytest.mark.processes, pytest.mark.proof]

TIMES = sized(0, 10) or min(SIZE, 1)
LEAST = {"sequencer": 24, "signer": 10, "rotation": 20}


def killed(part: str, url: str, folder: Path, stride: int) -> dict[str, Any]:
    with module("tests.workflow.tlog.apart", part, url, folder, max(1, TIMES), stride) as apart:
        status, said = apart.ended(), apart.said()
    if status:
        return {"faults": {said: 1}}
    found: dict[str, Any] = json.loads(said)
    print(f"{part}: {found}")
    return found


@pytest.mark.proof(sample=4)
@pytest.mark.parametrize("part", ["sequencer", "signer", "rotation"])
@pytest.mark.proof(apart=True)
def test_killed_anywhere_it_goes_on_as_if_nothing_was(
    database_url: str, tmp_path: Path, part: str
) -> None:
    stride = 1 if TIMES else 3 if database_url.startswith("sqlite") else 7

    found = killed(part, database_url, tmp_path / "signer", stride)

    assert found["faults"] == {}
    assert found["gapless"]
    assert found["kills"] >= LEAST[part] * max(1, TIMES) // stride
    assert found["entries"] >= 6 * found["kills"]
    assert part == "sequencer" or found["checkpoints"] >= 1


@pytest.mark.parametrize("part", ["torn sequencer", "hasty signer"])
def test_a_naive_one_is_found_out(sqlite_url: str, tmp_path: Path, part: str) -> None:
    found = killed(part, sqlite_url, tmp_path / "signer", 1 if part == "hasty signer" else 3)

    assert found["faults"] != {}
