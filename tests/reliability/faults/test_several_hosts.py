"""One office on several hosts: whichever of them dies, stands still or is late, nothing is lost or done twice."""

from http import HTTPStatus
from itertools import repeat

import pytest

from tests.reliability.faults import evidence
from tests.reliability.faults.cases import Batch
from tests.reliability.faults.crowd import Browser
from tests.reliability.faults.hosts import Hosts, begin, cut_off, stopped
from tests.reliability.faults.networks import SHARED
from tests.reliability.faults.trial import BOUND, tried
from tests.support.waiting import until

pytestmark = [
    pytest.mark.proof(apart=True),
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, few=1),
    pytest.mark.postgresql,
]
# In a long proof not all: who asks a host that stands still waits ten seconds each time.
ANSWERS = 20
UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE


def others_go_on(hosts: Hosts, of: Batch) -> None:
    """Wait until those who are left have taken answers, and done all but sign."""
    enough = min(len(of.owed), len(hosts.crowd.receipts) + ANSWERS)
    seen: list[object] = []

    def done() -> bool:
        left = evidence.waiting(hosts.house.url, of)
        seen[:] = hosts.crowd.told(), left
        return (
            len(hosts.crowd.receipts) >= enough
            and isinstance(left, evidence.Waiting)
            and not (left.unplaced or left.unsettled or left.unsent)
        )

    until(done, saying=hosts.said, patience=BOUND, moving=lambda: tuple(seen))


def test_hosts_do_without_those_that_were_killed(hosts: Hosts) -> None:
    killed = (hosts.pages[0], hosts.workers[0])

    def strike(of: Batch) -> None:
        for host in killed:
            host.kill_everything()
        others_go_on(hosts, of)
        for host in killed:
            begin(host)

    tried(hosts, "hosts: kill -9 of one with pages and of the one that signs", strike)


def test_hosts_that_stood_still_do_nothing_again(hosts: Hosts) -> None:
    def strike(of: Batch) -> None:
        assert hosts.cluster is not None
        with stopped(hosts.cluster, hosts.pages[0], hosts.workers[1]):
            others_go_on(hosts, of)

    tried(hosts, "hosts: one with pages and one with a worker stand still", strike)


def test_every_host_goes_on_after_the_database_was_restarted(hosts: Hosts) -> None:
    def strike(_: Batch) -> None:
        assert hosts.cluster is not None
        hosts.cluster.restart("immediate")

    tried(hosts, "hosts: immediate restart of PostgreSQL", strike)


def test_hosts_that_were_cut_off_from_the_database_do_nothing_twice(hosts: Hosts) -> None:
    if hosts.network is None:
        pytest.skip(SHARED)

    cut = hosts.pages[0]
    asking = Browser(repeat(cut.address), "nobody")

    def strike(of: Batch) -> None:
        with cut_off(cut, hosts.workers[1]):
            others_go_on(hosts, of)
            until(lambda: asking.get("/readyz").status == UNAVAILABLE, saying=cut.said)
        until(lambda: asking.get("/readyz").status == HTTPStatus.OK, saying=cut.said)

    tried(hosts, "hosts: one with pages and one with a worker cut off from the database", strike)


def test_hosts_outlast_everything_at_once(hosts: Hosts) -> None:
    killed, paused, away = hosts.workers[0], hosts.workers[1], hosts.pages[0]

    def strike(of: Batch) -> None:
        assert hosts.cluster is not None
        killed.kill_everything()
        with stopped(hosts.cluster, paused), cut_off(away):
            hosts.cluster.restart("immediate")
            others_go_on(hosts, of)
        begin(killed)

    tried(hosts, "hosts: everything at once", strike)


def test_only_the_host_with_the_key_signs(hosts: Hosts) -> None:
    hosts.mend()

    until(hosts.workers[0].signers, saying=hosts.workers[0].said)
    hosts.sound = True
    assert [bool(host.signers()) for host in hosts.all] == [False, False, True, False, False]
