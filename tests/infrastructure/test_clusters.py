"""The servers that tests may stop: what was committed is there when they are back."""

import psycopg
import pytest

from tests.support.administration import connected
from tests.support.clusters import private_cluster

pytestmark = [pytest.mark.postgresql, pytest.mark.processes]


@pytest.mark.parametrize("mode", ["immediate", "fast"])
@pytest.mark.proof(apart=True)
def test_a_restarted_server_keeps_its_address_and_what_was_committed(mode: str) -> None:
    with private_cluster(max_connections="17") as cluster:
        with connected(cluster.url) as before:
            before.execute("create table kept as select 7 as seen")
            cluster.restart(mode)
            with pytest.raises(psycopg.OperationalError):
                before.execute("select 1")

        with connected(cluster.url) as after:
            kept = after.execute("select seen from kept").fetchall()
            most = after.execute("show max_connections").fetchall()

    assert (kept, most) == ([(7,)], [("17",)])
