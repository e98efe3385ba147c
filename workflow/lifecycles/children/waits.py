"""What a round waits for: that all or some of the child cases of a kind are over."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class HowMany(StrEnum):
    """How many of the child cases of a kind have to be over."""

    ALL = "all"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class WaitsFor:
    """What a round waits for before it can be answered.

    Until `all`, none of the children of this kind is open; until `some`, at least one is over, or as
    many as `least` says, which holds for all as well. Where states are named in `ended_in`, only those
    count that ended in one of them, and of all each has to have ended so.
    """

    children: str
    until: HowMany
    least: int = 0
    ended_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildStanding:
    """How one child case stands: its kind, its state, and whether it is over."""

    kind: str
    state: str
    final: bool


def is_over(waits: WaitsFor, children: Iterable[ChildStanding]) -> bool:
    """Whether the wait is over, as the children of a case stand; those of other kinds do not count."""
    mine = [child for child in children if child.kind == waits.children]
    left = barring(waits, mine)
    enough = len(mine) - len(left) >= waits.least
    return enough and (waits.until is HowMany.SOME or not left)


def barring(waits: WaitsFor, children: Iterable[ChildStanding]) -> tuple[ChildStanding, ...]:
    """The children of this kind that do not count as over, whether they are open or ended otherwise."""
    return tuple(
        child for child in children if child.kind == waits.children and not _counts(waits, child)
    )


def _counts(waits: WaitsFor, child: ChildStanding) -> bool:
    return child.final and (not waits.ended_in or child.state in waits.ended_in)
