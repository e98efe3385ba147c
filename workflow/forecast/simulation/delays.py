"""How long something takes to come: a distribution of days, assumed or learnt, of which a part may never come."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, exp, inf
from statistics import NormalDist

# How wide an assumed distribution is: nine of ten come within 2.8 times the median.
_SPREAD = 0.8
_POINTS = 39
# Shares of whole numbers are not exact: 0.07 of 100 is a little more than 7.
_ROUNDED = 1e-9
# An assumption counts for as many observations as this.
PSEUDO = 4


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """By which share of those who wait it has come within so many days; both ascend.

    What is above the last share never comes.
    """

    days: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    comes: float = 0.0

    def at(self, share: float) -> float:
        """Within how many days it has come to this share, without an end where it never does."""
        if share >= self.comes:
            return inf
        number = bisect_left(self.shares, share)
        if number == len(self.shares):
            return self.days[-1]
        low, before = (self.shares[number - 1], self.days[number - 1]) if number else (0.0, 0.0)
        width = self.shares[number] - low
        part = (share - low) / width if width else 1.0
        return before + (self.days[number] - before) * part

    def by(self, days: float) -> float:
        """The share to which it has come within so many days."""
        number = bisect_left(self.days, days)
        if number == len(self.days):
            return self.comes
        low, before = (self.shares[number - 1], self.days[number - 1]) if number else (0.0, 0.0)
        width = self.days[number] - before
        part = (days - before) / width if width else 1.0
        return low + (self.shares[number] - low) * part

    def remaining(self, share: float, gone: float) -> float:
        """How many more days it takes for whom `gone` days have passed already.

        Where everybody known came sooner, the wait begins anew: nothing is known of waits so long.
        """
        known = self.by(gone)
        if known >= self.comes and self.comes >= 1.0:
            return self.at(share)
        return max(0.0, self.at(known + share * (1.0 - known)) - gone)


NEVER = WaitingTime()


def assumed(median: float, comes: float = 1.0) -> WaitingTime:
    """What is assumed where only the median is: log-normal, as waits of people are."""
    usual = NormalDist(sigma=_SPREAD)
    steps = [(number + 0.5) / _POINTS for number in range(_POINTS)]
    return WaitingTime(
        tuple(median * exp(usual.inv_cdf(step)) for step in steps),
        tuple(step * comes for step in steps),
        comes,
    )


def learnt(seen: Sequence[tuple[float, bool]], before: WaitingTime) -> WaitingTime:
    """What `seen` waits teach, each with whether it came, beside what was assumed `before`.

    A wait that was cut short counts as long as it lasted (Kaplan and Meier 1958): one that was cut short
    as another one came, as when that answer settled the round, was waited for until then.
    """
    steps = [(number + 0.5) / PSEUDO for number in range(PSEUDO)]
    every = [*seen, *((before.at(step), before.at(step) < inf) for step in steps)]
    waits = sorted(every, key=lambda each: (each[0], not each[1]))
    days, shares, come, left = list[float](), list[float](), 0.0, len(waits)
    for length, came in waits:
        if came:
            more = (1.0 - come) / left
            days.append(length)
            shares.append(come + more / 2)
            come += more
        left -= 1
    return WaitingTime(tuple(days), tuple(shares), 1.0 if come > 1.0 - 1e-9 else come)


def quantile(values: Iterable[float], share: float) -> float:
    """The least of the values within which so large a share of them lie; without an end if of none."""
    found = sorted(values)
    if not found:
        return inf
    return found[max(0, ceil(share * len(found) - _ROUNDED) - 1)]
