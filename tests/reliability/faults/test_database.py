"""PostgreSQL goes away, comes back, and has too few connections; the house is well again by itself."""

from collections.abc import Iterator

import pytest

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.conftest import ON_SERVER
from tests.reliability.faults.trial import Ground, tried
from tests.support.clusters import Cluster
from tests.support.sizes import sized
from tests.support.waiting import until

pytestmark = [
    pytest.mark.proof(apart=True),
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, few=1),
    ON_SERVER,
]
REFUSED = "too many connections for role"
FAILURES = sized(40, 4000)


@pytest.fixture
def cluster(ground: Ground) -> Iterator[Cluster]:
    assert ground.cluster is not None
    yield ground.cluster
    if not ground.cluster.runs():
        ground.cluster.start()


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_restart_of_postgresql_ends_nothing(ground: Ground, cluster: Cluster, mode: str) -> None:
    def strike(_: Batch) -> None:
        cluster.restart(mode)

    tried(ground, f"{mode} restart of PostgreSQL", strike)


def test_postgresql_away_for_a_while_ends_nothing(ground: Ground, cluster: Cluster) -> None:
    def strike(_: Batch) -> None:
        cluster.stop("immediate")
        ground.crowd.until_failed(FAILURES)
        cluster.start()

    tried(ground, "PostgreSQL away for a while", strike, times=3)


def test_too_few_connections_for_a_while_end_nothing(ground: Ground, cluster: Cluster) -> None:
    def refused() -> int:
        return cluster.said().count(REFUSED)

    def strike(_: Batch) -> None:
        enough = refused() + FAILURES
        cluster.command("alter role primemover connection limit 1")
        cluster.disconnect()
        until(lambda: refused() >= enough, saying=cluster.said, moving=refused)
        cluster.command("alter role primemover connection limit -1")

    tried(ground, "too few connections for a while", strike, times=3)
