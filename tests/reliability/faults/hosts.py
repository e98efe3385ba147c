"""One office on several hosts: two with pages, three with a worker, each with a home of its own."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.reliability.faults import evidence
from tests.reliability.faults.crowd import signed_in
from tests.reliability.faults.house import House
from tests.reliability.faults.networks import Network, network
from tests.reliability.faults.post import open_post
from tests.reliability.faults.processes import Process, holding
from tests.reliability.faults.releases import people_of
from tests.reliability.faults.trial import ACTORS, Ground, machine
from tests.support.clusters import Cluster, private_cluster
from tests.support.programs import ROOT
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
    network: Network | None = None

    @property
    def all(self) -> tuple[House, ...]:
        """Every host."""
        return (*self.pages, *self.workers)

    @property
    def machine(self) -> str:
        """What the figures were taken on, and which network the hosts were in."""
        apart = "a network namespace for each host" if self.network else "one network for all hosts"
        return f"{machine()}, {apart}"

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
    try:
        until(lambda: _stopped(cluster, *hosts), saying="One is always in mid-transaction.")
        yield
    finally:
        for one in _all(*hosts):
            one.kill(signal.SIGCONT)


def _stopped(cluster: Cluster, *hosts: House) -> bool:
    """Stop them, but for who has something in its hands that everybody else would wait for."""
    for one in _all(*hosts):
        one.kill(signal.SIGSTOP)
    ports = [port for (port,) in cluster.asked(IN_HAND)]
    held = [one for port in ports for host in hosts for one in holding(host.folder, port)]
    for one in held:
        one.kill(signal.SIGCONT)
    return not held


def _all(*hosts: House) -> list[Process]:
    return [each for host in hosts for each in host.living()]


@contextmanager
def cut_off(*hosts: House) -> Iterator[None]:
    """Hosts that do not reach the database for a while; those that share a network with all others do."""
    with ExitStack() as open_ones:
        for host in hosts:
            if host.place:
                open_ones.enter_context(host.place.cut_off())
        yield


@contextmanager
def several(folder: Path, program: Path = ROOT) -> Iterator[Hosts]:
    """The office at work with a release, made by the recipe for several hosts in docs/operating.md."""
    with ExitStack() as open_ones:
        net = open_ones.enter_context(network(PAGES + WORKERS))
        cluster = open_ones.enter_context(_cluster(net))
        url = make_url(cluster.url).set(host=net.shared) if net else make_url(cluster.url)
        post = open_ones.enter_context(open_post(net.shared if net else "127.0.0.1"))
        places = iter(net.places if net else ())

        def host(name: str, beside: int) -> House:
            made = House(
                folder / name, url.render_as_string(hide_password=False), quick=not LASTING,
                beside=beside, program=program, place=next(places, None),
            )  # fmt: skip
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
        people_of(pages[0])
        crowd = signed_in(ACTORS, *(each.address for each in pages))
        yield Hosts(pages[0], post, crowd, cluster, pages=pages, workers=workers, network=net)


@contextmanager
def _cluster(net: Network | None) -> Iterator[Cluster]:
    """A server that listens where the hosts reach it."""
    heard = f"127.0.0.1,{net.shared}" if net else "127.0.0.1"
    with private_cluster(listen_addresses=heard) as cluster:
        if net:
            cluster.admit(net.addresses)
        yield cluster
