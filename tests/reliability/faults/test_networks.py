"""A host in a network of its own that is cut off in mid-act: what it had locked is let go of within a minute."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import make_url

from tests.reliability.faults.networks import SHARED, Place, network
from tests.support.clusters import Cluster, private_cluster
from tests.support.programs import ROOT
from tests.support.waiting import until

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, alone=True),
]
# What the server takes to notice, and what a busy machine takes to be told.
A_MINUTE, BUSY = 60.0, 30.0
LOCKING = """
import sys
from sqlalchemy import text
from workflow.database import connect, transaction

with transaction(connect(sys.argv[1])) as session:
    session.execute(text("lock table held"))
    print("held", flush=True)
    if sys.argv[2] == "asking":
        session.execute(text("select pg_sleep(3)"))
    sys.stdin.read()
"""
HELD = "select 1 from pg_locks join pg_class on oid = relation where relname = 'held'"
SLEEPS = "select 1 from pg_stat_activity where wait_event = 'PgSleep'"


@pytest.fixture
def away() -> Iterator[tuple[Place, Cluster, str]]:
    """A host, the server, and the address at which the one calls the other."""
    with network(1) as net:
        if net is None:
            pytest.skip(SHARED)
        with private_cluster(listen_addresses=f"127.0.0.1,{net.shared}") as cluster:
            cluster.admit(net.addresses)
            cluster.command("create table held ()")
            cluster.command("alter table held owner to primemover")
            url = make_url(cluster.url).set(host=net.shared)
            yield net.places[0], cluster, url.render_as_string(hide_password=False)


@pytest.mark.parametrize("doing", ["nothing", "asking"])
def test_what_a_host_held_that_was_cut_off_is_free_within_a_minute(
    away: tuple[Place, Cluster, str], doing: str
) -> None:
    place, cluster, url = away
    words = [*place.within, sys.executable, "-c", LOCKING, url, doing]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        if doing == "asking":
            until(lambda: cluster.asked(SLEEPS), saying=cluster.said)

        with place.cut_off():
            begun = time.monotonic()
            held = bool(cluster.asked(HELD))
            until(lambda: not cluster.asked(HELD), saying=cluster.said, pause=1.0)
            lasted = time.monotonic() - begun
        holder.kill()

    print(f"{doing}: free after {lasted:.0f} s")
    assert held
    assert lasted < A_MINUTE + BUSY
