"""What a process under trial is begun with: shorter waits where a run is short, and a clock that can be wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.faults.house import House
from tests.support.programs import ROOT

ASKED = """
from datetime import UTC, datetime
from workflow.background.jobs import EVERY
from workflow.clock import utc_now
from workflow.notices import mailer
from workflow.tlog.store import sequencer

print(round((utc_now() - datetime.now(UTC)).total_seconds()))
print([every.when for every in EVERY if every.job in ("sweep", "post")])
print(mailer.FIRST_WAIT, mailer.CLAIM, sequencer.LEASE)
"""
pytestmark = [pytest.mark.processes, pytest.mark.proof(apart=True)]


def asked(house: House) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=house.environment, cwd=ROOT, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_a_short_run_waits_less(tmp_path: Path) -> None:
    told = asked(House(tmp_path, "sqlite://", quick=True))

    assert told == ["0", "['*/4 * * * * *', '*/3 * * * * *']", "0:00:02 0:00:10 0:00:06"]


def test_a_proof_waits_as_long_as_the_product_does_by_a_clock_that_can_be_wrong(
    tmp_path: Path,
) -> None:
    house = House(tmp_path, "sqlite://", quick=False)
    house.shift(-3600)

    told = asked(house)

    assert told == ["-3600", "['*/20 * * * * *', '10 * * * * *']", "0:01:00 0:05:00 0:00:15"]
