"""What closed cases showed: how long seats took to answer and what they said, and which initiatives came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from workflow.forecast.simulation.working_time import usual_week
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.seat import Part

# The working time that is added up for waits begins with this year.
SINCE = 1990


class Pace(StrEnum):
    """In which days a wait is counted."""

    WORKING_DAYS = "working days"
    DAYS = "days"


class AskedAs(NamedTuple):
    """Who is asked, as far as it tells how they answer: in which round, in which role, for which part."""

    round: str
    role: str
    part: Part


class SeatWait(NamedTuple):
    """How long one seat of a case waited: until it gave this verdict, or until waiting ended without one."""

    case: int
    asked: AskedAs
    days: float
    verdict: str = ""


class InitiativeWait(NamedTuple):
    """How long a case stood in a state until an initiative came there, or until it left without one."""

    case: int
    state: str
    round: str
    days: float
    came: bool


@dataclass(frozen=True, slots=True)
class Observations:
    """What was seen of the cases of one lifecycle.

    `sizes` are how many seats each round asked in each role, one number for each time it was opened.
    """

    waits: tuple[SeatWait, ...] = ()
    stays: tuple[InitiativeWait, ...] = ()
    sizes: Mapping[AskedAs, tuple[int, ...]] = field(default_factory=dict)


NOTHING = Observations()


def pace_of(spec: RoundSpec) -> Pace:
    """In which days waits in a round are counted: in all of them where its hours run through."""
    return Pace.DAYS if spec.within and spec.within.unit == "hours" else Pace.WORKING_DAYS


def waited(pace: Pace, begun: float, ended: float) -> float:
    """How many days went by between two instants."""
    return ended - begun if pace is Pace.DAYS else usual_week(SINCE).passed(begun, ended)


def later(pace: Pace, begun: float, days: float) -> float:
    """The instant so many days after another."""
    return begun + days if pace is Pace.DAYS else usual_week(SINCE).after(begun, days)
