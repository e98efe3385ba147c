"""One installation for each kind of database, which all trials of a process share.

It ends with the last of them: one that stands idle works on, and would to the end of the run.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reliability.faults.disks import HOUSE, Disk, Quota, small_disk
from tests.reliability.faults.hosts import Hosts, several
from tests.reliability.faults.house import House
from tests.reliability.faults.trial import Ground, at_work
from tests.support.clusters import private_cluster
from tests.support.sizes import LASTING

# A fault is tried on one of the two in every run, and on both in a long proof.
SQLITE, POSTGRESQL = "sqlite", "postgresql"


def _tried(*always: str, proven: tuple[str, ...] = ()) -> pytest.MarkDecorator:
    """The databases that a fault is tried on in every run, and those only in a long proof."""
    more = [pytest.param(kind, marks=IN_PROOFS) for kind in proven]
    return pytest.mark.parametrize("ground", [*always, *more], indirect=True)


IN_PROOFS = pytest.mark.proof(alone=True)
ON_BOTH = _tried(SQLITE, POSTGRESQL)
ON_SQLITE = _tried(SQLITE, proven=(POSTGRESQL,))
ON_POSTGRESQL = _tried(POSTGRESQL, proven=(SQLITE,))
ON_SERVER = _tried(POSTGRESQL)
MEGABYTES = {SQLITE: 96, POSTGRESQL: 320}
LITTLE_LOG = {"min_wal_size": "32MB", "max_wal_size": "48MB"}


@pytest.fixture(scope="package")
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The installation, with all that it keeps on a small disk, or under a quota where none can be made."""
    with small_disk(MEGABYTES[request.param] * 1024) as disk:
        folder = disk.folder / HOUSE if disk else tmp_path_factory.mktemp("house")
        room = disk or Quota(folder)
        served = on_sqlite(folder, room) if request.param == SQLITE else on_server(folder, room)
        yield from served


@pytest.fixture(scope="package")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """One office on several hosts, with a home of its own each."""
    with several(tmp_path_factory.mktemp("hosts")) as made:
        yield made


def on_sqlite(folder: Path, disk: Disk | Quota) -> Iterator[Ground]:
    """The installation on a file in its own folder."""
    with at_work(
        House(folder, f"sqlite:///{folder / 'primemover.db'}", quick=not LASTING), disk=disk
    ) as ground:
        yield ground


def on_server(folder: Path, disk: Disk | Quota) -> Iterator[Ground]:
    """The installation on a server that nobody else uses, with another worker beside it."""
    place = disk.folder / "cluster" if isinstance(disk, Disk) else None
    with (
        private_cluster(place, **LITTLE_LOG) as cluster,
        at_work(House(folder, cluster.url, quick=not LASTING, beside=1), cluster, disk) as ground,
    ):
        yield ground
