"""Hosts in network namespaces of their own, each with a line to the database and one to its people.

It takes an administrator of the machine; elsewhere hosts are processes that share its network, and
`PRIMEMOVER_ONE_NETWORK=1` has it so everywhere. A namespace ends with the run that made it.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network
from pathlib import Path

from tests.support.waiting import until

# RFC 2544: set apart for trials of networks. Each run takes sixteen addresses of its own.
RANGE, SIXTEEN = IPv4Network("198.18.0.0/15"), 28
SHARED = "One network: this run may make no namespaces, so hosts share the machine's, and none is cut off."
LINES = TO_DATABASE, TO_PEOPLE = ("line0", "line1")
# The place that is made to see whether one can be.
PROBE = 99


@dataclass(frozen=True, slots=True)
class Place:
    """Where one host is: whoever holds its namespace open, and the address at which people reach it."""

    holder: int
    address: str

    @property
    def within(self) -> tuple[str, ...]:
        """What stands before the words of a process that is to run there."""
        return ("nsenter", f"--net=/proc/{self.holder}/ns/net")

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Without its line to the database for a while: whatever is sent on it is lost."""
        _ip("link", "set", TO_DATABASE, "down", within=self)
        try:
            yield
        finally:
            _ip("link", "set", TO_DATABASE, "up", within=self)


@dataclass(frozen=True, slots=True)
class Network:
    """The places of some hosts, the address at which all of them reach what they share, and all of theirs."""

    shared: str
    addresses: str
    places: tuple[Place, ...]


@contextmanager
def network(hosts: int) -> Iterator[Network | None]:
    """Places for so many hosts, or nothing where a run may not make them."""
    if "PRIMEMOVER_ONE_NETWORK" in os.environ or not _allowed():
        print(SHARED)
        yield None
        return
    possible = list(RANGE.subnets(new_prefix=SIXTEEN))
    mine = possible[os.getpid() % len(possible)]
    shared, street, *others = map(str, mine.hosts())
    ends = zip(others[:hosts], others[hosts : 2 * hosts], strict=True)
    with ExitStack() as open_ones:
        places = [
            open_ones.enter_context(_place(number, (shared, inner), (street, outer)))
            for number, (inner, outer) in enumerate(ends)
        ]
        yield Network(shared, str(mine), tuple(places))


def _allowed() -> bool:
    """Whether this run may make a namespace and a line into it."""
    try:
        with _place(PROBE, ("198.19.255.253", "198.19.255.254")):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def _place(number: int, *lines: tuple[str, str]) -> Iterator[Place]:
    """A namespace with these lines, of each the address out here and the one within; they end with it."""
    with subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE) as holder:
        try:
            _until_apart(holder)
            place = Place(holder.pid, lines[-1][1])
            _ip("link", "set", "lo", "up", within=place)
            for within, ends in zip(LINES, lines, strict=False):
                _lay(place, f"pm{os.getpid()}l{within[-1]}{number}", within, ends)
            yield place
        finally:
            holder.kill()


def _until_apart(holder: subprocess.Popen[bytes]) -> None:
    """Wait until it is in a namespace of its own."""
    ours = Path("/proc/self/ns/net").readlink()

    def apart() -> bool:
        if holder.poll() is not None:
            raise PermissionError("This run may not make a namespace.")
        return Path(f"/proc/{holder.pid}/ns/net").readlink() != ours

    until(apart, saying="It is in that of everybody.")


def _lay(place: Place, out: str, within: str, ends: tuple[str, str]) -> None:
    """Lay a line between this machine and a place, from one address to the other."""
    here, there = ends
    _ip("link", "add", out, "type", "veth", "peer", "name", within, "netns", str(place.holder))
    _ip("address", "add", here, "peer", there, "dev", out)
    _ip("address", "add", there, "peer", here, "dev", within, within=place)
    _ip("link", "set", out, "up")
    _ip("link", "set", within, "up", within=place)


def _ip(*words: str, within: Place | None = None) -> None:
    before = within.within if within else ()
    subprocess.run([*before, "ip", *words], check=True, capture_output=True)
