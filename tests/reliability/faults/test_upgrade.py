"""One office on several hosts is brought to a newer release, one host after the other, while people act."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.conftest import ON_HOSTS
from tests.reliability.faults.hosts import Hosts, begin
from tests.reliability.faults.house import House
from tests.reliability.faults.trial import tried
from tests.support.programs import ROOT
from tests.support.waiting import PATIENCE, until
from workflow.revision import known

pytestmark = [pytest.mark.processes, pytest.mark.proof(lasting=True, alone=True), *ON_HOSTS]
CLOSED = "This site is being brought to another release."
PROGRAM = ("config", "migrations", "web", "workflow", "wsgi.py", "pyproject.toml")
# A newer release knows one more revision of the tables; what it holds does not matter here.
NEWER = f'''"""What only the newer release knows."""

revision, down_revision = "9999", "{known()}"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
'''


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Where a newer release lies: this program with one more revision of the tables."""
    release = tmp_path / "newer"
    release.mkdir()
    for name in PROGRAM:
        place = ROOT / name
        copy = shutil.copytree if place.is_dir() else shutil.copy2
        copy(place, release / name)
    (release / "node_modules").symlink_to(ROOT / "node_modules")
    (release / "migrations/versions/9999_newer.py").write_text(NEWER, encoding="utf-8")
    return release


@pytest.fixture
def upgraded(hosts: Hosts, newer: Path) -> Iterator[Hosts]:
    """The hosts, which go back to this release at the end, with the tables that it knows."""
    assert newer.is_dir()
    yield hosts
    for host in hosts.all:
        host.kill_everything()
    hosts.pages[0].command("migrate", "--to", known())
    for host in hosts.all:
        host.program = ROOT
        begin(host)


def what_it_says(host: House) -> str:
    """The page at which people sign in, or why there is none."""
    try:
        with urlopen(f"{host.address}/account/login", timeout=PATIENCE) as page:
            return str(page.read().decode())
    except HTTPError as refused:
        return refused.read().decode()


def moved(host: House, release: Path) -> None:
    """Stop a host as an administrator does, and start the other release there."""
    host.stop()
    host.program = release
    begin(host)


def test_a_newer_release_takes_over_one_host_after_the_other(upgraded: Hosts, newer: Path) -> None:
    first, second = upgraded.pages

    def strike(_: Batch) -> None:
        second.stop()
        second.program = newer
        second.command("migrate")
        until(lambda: CLOSED in what_it_says(first), saying=first.said)
        begin(second)
        assert second.answers()
        for host in (*upgraded.workers, first):
            moved(host, newer)

    tried(upgraded, "hosts: a newer release takes over one after the other", strike)

    assert first.answers()
