"""What a programme is measured by: indicators with baseline and targets, and what was reported of them: pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Direction(StrEnum):
    """Which way an indicator gets better."""

    MORE = "more"
    LESS = "less"


class Together(StrEnum):
    """How what several parts report of an indicator comes to one figure."""

    SUM = "sum"
    AVERAGE = "average"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class TargetByDay:
    """What an indicator should have come to by a day."""

    by: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit, from which baseline on, and the targets in the order of their days.

    The last target is the one of the end. `disaggregated` names those who are counted apart, such as
    women; `means` is how an actual is verified.
    """

    code: str
    statement: str
    output: str
    unit: str
    direction: Direction
    baseline: Decimal
    baseline_on: date
    targets: tuple[TargetByDay, ...]
    disaggregated: str = ""
    means: str = ""
    together: Together = Together.SUM

    @property
    def target(self) -> Decimal:
        """What it should come to in the end."""
        return self.targets[-1].value

    @property
    def decimals(self) -> int:
        """As many decimals as its own figures are written with."""
        figures = (self.baseline, *(each.value for each in self.targets))
        return max(decimals_of(each) for each in figures)

    def better(self, one: Decimal, other: Decimal) -> bool:
        """Whether the one figure is better than the other."""
        return one > other if self.direction is Direction.MORE else one < other

    def should_be(self, on: date) -> Decimal:
        """Where it should stand on a day, with as many decimals as its own figures have.

        A straight line leads from the baseline to the first target, and from each to the next one.
        """
        before = TargetByDay(self.baseline_on, self.baseline)
        if on <= before.by:
            return before.value
        for following in self.targets:
            if before.by < on <= following.by:
                return rounded(_between(before, following, on), self.decimals)
            before = following
        return before.value


@dataclass(frozen=True, slots=True)
class Actual:
    """Where an indicator stood at the end of a period, counted from the beginning, and how that is known.

    `of_which` are those who are counted apart; `verified_by` is who saw to it.
    """

    code: str
    period_from: date
    period_to: date
    value: Decimal
    of_which: Decimal | None = None
    means: str = ""
    verified_by: str = ""
    verified_on: date | None = None


def decimals_of(figure: Decimal) -> int:
    """With how many decimals a figure is written."""
    return max(0, -int(figure.as_tuple().exponent))


def rounded(figure: Fraction, decimals: int) -> Decimal:
    """The nearest figure of so many decimals; of two as near the even one."""
    return Decimal(round(figure * 10**decimals)).scaleb(-decimals)


def _between(before: TargetByDay, following: TargetByDay, on: date) -> Fraction:
    start, gone = Fraction(before.value), (on - before.by).days
    way = Fraction(following.value) - start
    return start + way * Fraction(gone, (following.by - before.by).days)
