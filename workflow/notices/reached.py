"""How those were reached whom a round asks, in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflow.notices.queries import ToldOfSeat

# Of so many seats it is said how many were reached.
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class ReachedSeats:
    """Of how many seats somebody was told, opened what they were told, was reminded, and answered."""

    asked: int
    told: int
    seen: int
    reminded: int
    answered: int


def reached(
    told: Mapping[int, tuple[ToldOfSeat, ...]], seats: Sequence[int], answered: int
) -> ReachedSeats | None:
    """How the seats of a round were reached; nothing to whom that is not told, and of few seats."""
    if not told or len(seats) < SEVERAL:
        return None
    people = [told.get(each, ()) for each in seats]
    return ReachedSeats(
        asked=len(seats),
        told=sum(map(bool, people)),
        seen=sum(any(each.read_at for each in seat) for seat in people),
        reminded=sum(any(each.reminded for each in seat) for seat in people),
        answered=answered,
    )
