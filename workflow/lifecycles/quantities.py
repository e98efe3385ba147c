"""The figures by which rules count: shares, what carries a vote, and calendars of working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

PARTY = "party:"
SATURDAY_AND_SUNDAY = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that has to be reached, or with `more_than` to be passed."""

    of: Fraction
    more_than: bool = False

    def __str__(self) -> str:
        return f"{'more than' if self.more_than else 'at least'} {self.of}"

    def reached(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` is that much."""
        needed = self.of * whole
        return part > needed if self.more_than else part >= needed


class Among(StrEnum):
    """What a share is a share of."""

    VOTING = "voting"
    SEATS = "seats"


@dataclass(frozen=True, slots=True)
class Vote:
    """What carries a vote: a share, a number for it, or a number in each of some categories.

    `weights` and `vetoes` name a category of seats, or one party as `party:<key>`; what no weight
    is given for weighs one.
    """

    share: Share | None = None
    number: int = 0
    among: Among = Among.VOTING
    abstentions_count: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)
    each: Mapping[str, int] = field(default_factory=dict)
    vetoes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Breaks:
    """What ends a silence: so many objections, in all or within one category, or a share of weight.

    Where fewer seats are left than that number, all of them together can end it.
    """

    number: int = 1
    of_one_category: bool = False
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days an office works; `closed` are its holidays, `weekend` counts Monday as 0."""

    key: str
    label: str
    zone: str
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    closed: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return day.weekday() not in self.weekend and day not in self.closed
