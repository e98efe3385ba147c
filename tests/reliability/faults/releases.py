"""An earlier release, taken out of the history of this project and installed as its README says."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.reliability.faults.cases import Batch, Owed
from tests.reliability.faults.house import House
from tests.support.programs import ROOT

# The last one before the tables of money, of child cases and of schedules; it refuses tables of a newer one.
EARLIER = "582b6765113158f98ad23caa61c25f989f288d63"
ABSENT = "This copy of the project lacks the history that the earlier release is in."
PEOPLE = "import sys; from tests.reliability.faults.cases import people; people(sys.argv[1])"
BATCH = """
import json, sys
from dataclasses import asdict
from tests.reliability.faults.cases import batch
print(json.dumps(asdict(batch(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
"""
# What an environment says of how this run was begun, which is not how an administrator begins.
OF_THIS_RUN = ("MAKE", "MFLAGS", "PIP_REQUIRE", "PYTHON", "VIRTUAL_ENV", "PRIMEMOVER_")


def installed(place: Path, commit: str = EARLIER) -> Path:
    """The release of a commit in this folder, on the packages that it names itself; skips where there is none."""
    known = subprocess.run(
        ["git", "cat-file", "-e", commit], cwd=ROOT, capture_output=True, check=False
    )
    if known.returncode != 0:
        pytest.skip(ABSENT)
    place.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "--extract"], cwd=place, input=archive.stdout, check=True)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_RUN)}
    made = subprocess.run(
        ["make", "install"], cwd=place, env=plain, check=False, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout
    return place


def people_of(house: House) -> None:
    """Enter the people who act, by the release that runs."""
    house.asked(PEOPLE)


def batch_of(house: House, waiting: int, overdue: int) -> Batch:
    """Bring so many programmes to their consultation, by the release that runs."""
    told = json.loads(house.asked(BATCH, waiting, overdue).splitlines()[-1])
    owed = tuple(Owed(**each) for each in told["owed"])
    return Batch(owed, tuple(told["refs"]), tuple(told["overdue"]))
