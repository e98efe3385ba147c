"""One office on several hosts is brought to a newer release, one host after the other, while people act."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.reliability.faults.hosts import Hosts, begin, several
from tests.reliability.faults.house import House
from tests.reliability.faults.releases import batch_of, installed
from tests.reliability.faults.trial import OVERDUE, PROGRAMMES, tried
from tests.support.programs import ROOT
from tests.support.waiting import PATIENCE, until
from workflow.revision import known

pytestmark = [
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, alone=True),
    pytest.mark.postgresql,
]
CLOSED = "This site is being brought to another release."
OLDER = "and is older than they are"
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


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Hosts]:
    """Such an office of hosts at which the earlier release is at work."""
    with several(tmp_path / "hosts", installed(tmp_path / "release")) as made:
        yield made


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


def handed_over(hosts: Hosts, newer: Path) -> tuple[int, str]:
    """Bring one host after the other to a newer release; what the old one says of its tables meanwhile."""
    assert hosts.cluster is not None
    first, second = hosts.pages
    second.stop()
    second.program = newer
    second.command("migrate")
    # The people of a trial are those of the demonstration, by whom tables of before its mark are known.
    hosts.cluster.command("delete from demonstration")
    until(lambda: CLOSED in what_it_says(first), saying=first.said)
    told = first.tried("verify")
    begin(second)
    assert second.answers()
    for host in (*hosts.workers, first):
        moved(host, newer)
    return told


def test_a_newer_release_takes_over_one_host_after_the_other(upgraded: Hosts, newer: Path) -> None:
    told: list[tuple[int, str]] = []

    tried(
        upgraded,
        "hosts: a newer release takes over one after the other",
        lambda _: told.append(handed_over(upgraded, newer)),
    )

    assert [(status, OLDER in said) for status, said in told] == [(1, True)]
    assert all(host.answers() for host in upgraded.pages)


def test_the_earlier_release_hands_over_to_this_one(earlier: Hosts) -> None:
    told: list[tuple[int, str]] = []
    of = batch_of(earlier.house, PROGRAMMES, OVERDUE)
    later = batch_of(earlier.house, PROGRAMMES, 0)

    tried(
        earlier,
        "hosts: an earlier release hands over to this one",
        lambda _: told.append(handed_over(earlier, ROOT)),
        of=of,
        later=later,
    )

    assert [(status, OLDER in said) for status, said in told] == [(1, True)]
    assert all(host.answers() for host in earlier.pages)
