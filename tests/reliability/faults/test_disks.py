"""A disk without room for a while: what was acknowledged is kept, and the house goes on afterwards.

Where nobody may make a small disk, as an ordinary user, the driver of the database keeps a quota;
`PRIMEMOVER_QUOTA=1` has it do so everywhere.
"""

import pytest

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.conftest import ON_BOTH
from tests.reliability.faults.disks import Disk
from tests.reliability.faults.trial import Ground, tried

pytestmark = [
    pytest.mark.proof(apart=True),
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, few=1),
]
FAILURES = 4


@ON_BOTH
def test_a_disk_full_for_a_while_loses_nothing(ground: Ground) -> None:
    disk, cluster = ground.disk, ground.cluster

    def strike(_: Batch) -> None:
        with disk.full():
            if cluster is not None and isinstance(disk, Disk):
                cluster.fill_log()
            ground.crowd.until_failed(FAILURES)
        if cluster is not None and not cluster.runs():
            cluster.start()

    tried(ground, "disk full for a while", strike, times=3)
