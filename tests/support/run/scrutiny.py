"""Which worlds are verified when they end: some of those of a short run, each of a long proof."""

import os
from zlib import crc32

from tests.support.sizes import LASTING, SEED

TEST = "PYTEST_CURRENT_TEST"
# One world of so many; which ones, the seed says.
ONE_OF = 10
# Here the trail itself is what is tested: each of these worlds has to verify.
OF_THE_TRAIL = (
    "tests/attacks",
    "tests/infrastructure",
    "tests/migrations",
    "tests/reliability/test_races.py",
    "tests/reliability/test_resending.py",
    "tests/workflow/audit",
    "tests/workflow/erasure",
)


def verifies(test: str, *, whole: bool = LASTING, seed: int = SEED) -> bool:
    """Whether the worlds of this test are verified when they end."""
    chosen = crc32(f"{seed} {test}".encode()) % ONE_OF == 0
    return whole or chosen or test.startswith(OF_THE_TRAIL)


def verifies_now() -> bool:
    """Whether those of the test that runs are; what outlives a test goes with the last one."""
    return verifies(os.environ.get(TEST, "").rpartition(" ")[0])
