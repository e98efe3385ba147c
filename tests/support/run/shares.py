"""Which process of a run takes which tests: those that share something large stay with one of them."""

import re

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.support.run.selection import TOGETHER

# One installation for each kind of database serves all the trials of a process.
HOUSES = re.compile(r"(tests/reliability/faults)/.*\[(sqlite|[^\]]*postgresql)")
# And one office on several hosts those of these files.
HOSTS = re.compile(r"(tests/reliability/faults)/test_(several_hosts|shared_folders|upgrade)\.py")


def share(node: str) -> str:
    """What the test is taken with: a group, or nothing but itself."""
    house = HOUSES.match(node)
    if house:
        return f"{house[1]} {house[2].rpartition('-')[2]}"
    hosts = HOSTS.match(node)
    if hosts:
        return f"{hosts[1]} on hosts"
    return next((place for place in TOGETHER if node.startswith(place)), node)


class Shares(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out groups whole, to whoever is free, and everything else test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
