"""Checks of days and years: their order, and what must lie within a period."""

from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.checks.known import KnownValues, is_day
from workflow.lifecycles.checks.results import MET, OPEN, UNMET, ConditionStatus, Held

YEAR = 4


def after(check: FormCheck, known: KnownValues) -> Held:
    """Every day in `of` comes after every day in `to`."""
    later, earlier = _moments(known.all(check.of)), _moments(known.all(check.to))
    if not later or not earlier:
        return OPEN
    return MET if all(_before(e, late) for e in earlier for late in later) else UNMET


def within(check: FormCheck, known: KnownValues) -> Held:
    """Every day or year in `of` lies between the first and the last of `to`, both included.

    Where one end of the period is not known, nothing is held against it.
    """
    asked = known.all(check.of, check.rows)
    first, last = (_moments(known.values(place)) for place in check.to)
    if not asked or not (first or last):
        return OPEN
    outside = tuple(each for each in asked if _outside(each, first, last))
    if not outside:
        return MET
    return Held(ConditionStatus.UNMET, wrong=outside, between=_between(outside, first, last))


def _between(outside: tuple[str, ...], first: list[str], last: list[str]) -> tuple[str, ...]:
    """Where the period begins and ends, in years where years are asked; nothing if an end is open."""
    if not first or not last:
        return ()
    ends = min(first), max(last)
    return ends if all(map(is_day, outside)) else tuple(each[:YEAR] for each in ends)


def _outside(written: str, first: list[str], last: list[str]) -> bool:
    """Whether it is before the first or after the last, or neither a day nor a year."""
    if not _is_moment(written):
        return True
    early = any(_before(written, each) for each in first)
    return early or any(_before(each, written) for each in last)


def _before(one: str, other: str) -> bool:
    """Whether one comes before the other; a year is held against the year of a day."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _moments(values: tuple[str, ...]) -> list[str]:
    """Those that are days or years."""
    return [each for each in values if _is_moment(each)]


def _is_moment(written: str) -> bool:
    if len(written) == YEAR:
        return written.isascii() and written.isdecimal()
    return is_day(written)
