"""The quota of a trial: a process without room fails as one on a full disk does, and then goes on."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reliability.faults.disks import Quota
from tests.reliability.faults.house import House
from tests.support.programs import ROOT

WRITES = """
import sys
from sqlalchemy import text
from workflow import database
from workflow.faults.outages import outage

engine = database.connect(sys.argv[1])
write = text("insert into sign_in_failure (bucket, at) values (:bucket, '2026-03-02 12:00')")
try:
    with database.transaction(engine) as session:
        for each in range(2000):
            session.execute(write, {"bucket": f"{each:064}"})
except Exception as fault:
    print(outage(fault))
with database.reading(engine) as session:
    print(session.execute(text("select count(*) from sign_in_failure")).scalar())
"""
pytestmark = [pytest.mark.processes, pytest.mark.proof(apart=True)]


def written(house: House) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, house.url], env=house.environment, cwd=ROOT, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.split()


def test_a_database_without_room_is_full_for_as_long_as_that_lasts(
    tmp_path: Path, database_url: str
) -> None:
    house = House(tmp_path, database_url)

    with Quota(tmp_path).full():
        full = written(house)
    after = written(house)

    assert full == ["full", "0"]
    assert after == ["2000"]
