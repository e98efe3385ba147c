"""A run of the tests that was killed leaves neither disks nor processes to the next one."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.reliability.faults.disks import PREFIX, small_disk
from tests.support.waiting import until

pytestmark = [pytest.mark.processes, pytest.mark.proof(apart=True)]
SLEEPING = "import sys, time; time.sleep(600)"


def test_what_a_killed_run_left_is_removed_by_the_next() -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    left = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{gone.stdout.strip()}-"))
    server = subprocess.Popen([sys.executable, "-c", SLEEPING, left / "data"])

    with small_disk(64):
        pass

    ended = until(lambda: server.poll() is not None, saying="it lives")
    assert (ended, left.exists()) == (True, False)
