"""One office on several hosts: two with pages, three with a worker, each with a home of its own."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.faults import evidence
from tests.reliability.faults.cases import people
from tests.reliability.faults.crowd import signed_in
from tests.reliability.faults.house import House
from tests.reliability.faults.post import open_post
from tests.reliability.faults.processes import holding
from tests.reliability.faults.trial import ACTORS, Ground
from tests.support.clusters import Cluster, private_cluster
from tests.support.sizes import LASTING
from tests.support.waiting import until

PAGES, WORKERS = 2, 3
# The lock of the queue's eldest, which it holds for as long as it lives, keeps nobody waiting.
IN_HAND = """
select client_port from pg_stat_activity where usename = 'primemover' and state <> 'idle'
and query not like '%pg_try_advisory_xact_lock%'
"""


@dataclass(slots=True)
class Hosts(Ground):
    """The hosts of one office; the first is `house`, and the first worker has the signer's key."""

    pages: tuple[House, ...] = ()
    workers: tuple[House, ...] = ()

    @property
    def all(self) -> tuple[House, ...]:
        """Every host."""
        return (*self.pages, *self.workers)

    def mend(self) -> None:
        """After a trial that went wrong, start every host anew for the next one."""
        if not self.sound:
            if self.cluster is not None and not self.cluster.runs():
                self.cluster.start()
            for host in self.all:
                host.kill_everything()
        for host in self.all:
            begin(host)
        self.sound = False

    def said(self) -> str:
        """The last of what each host said."""
        told = [f"{host.folder.name}: {host.said()}" for host in self.all]
        return "\n".join([*told, self.crowd.seen()])


def begin(host: House) -> None:
    """Have a host do what it is for, if it does not already."""
    if host.beside:
        host.aid()
    elif not host.living():
        host.serve()


@contextmanager
def stopped(cluster: Cluster, *hosts: House) -> Iterator[None]:
    """Hosts that stand still for a while between two transactions, and then go on."""
    until(lambda: _stopped(cluster, *hosts), saying="One is always in mid-transaction.")
    try:
        yield
    finally:
        _all(signal.SIGCONT, *hosts)


def _stopped(cluster: Cluster, *hosts: House) -> bool:
    """Stop them, unless one has something in its hands that everybody else would wait for."""
    _all(signal.SIGSTOP, *hosts)
    if not any(holding(host.folder, port) for (port,) in cluster.asked(IN_HAND) for host in hosts):
        return True
    _all(signal.SIGCONT, *hosts)
    return False


def _all(by: int, *hosts: House) -> None:
    for one in (each for host in hosts for each in host.living()):
        one.kill(by)


@contextmanager
def several(folder: Path) -> Iterator[Hosts]:
    """The office at work, made by the recipe for several hosts in docs/operating.md."""
    with ExitStack() as open_ones:
        cluster = open_ones.enter_context(private_cluster())
        post = open_ones.enter_context(open_post())

        def host(name: str, beside: int) -> House:
            made = House(folder / name, cluster.url, quick=not LASTING, beside=beside)
            made.more |= {"SMTP_URL": post.url, "BACKGROUND": "false"}
            made.share(folder / "common")
            open_ones.callback(made.kill_everything)
            return made

        pages = tuple(host(f"pages-{number}", 0) for number in range(PAGES))
        workers = tuple(host(f"worker-{number}", 1) for number in range(WORKERS))
        pages[0].found()
        begin(workers[0])
        until(lambda: workers[0].signers() and evidence.signed(cluster.url), saying=workers[0].said)
        for each in (*workers, *pages):
            begin(each)
        people(cluster.url)
        crowd = signed_in(ACTORS, *(each.address for each in pages))
        yield Hosts(pages[0], post, crowd, cluster, pages=pages, workers=workers)
