"""Checks of days and years: their order, and what must lie within a period."""

from datetime import date

from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.checks.known import KnownValues
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
    if not _moments(asked) or not (first or last):
        return OPEN
    outside = tuple(each for each in asked if _outside(each, first, last))
    return Held(ConditionStatus.UNMET, wrong=outside) if outside else MET


def _outside(written: str, first: list[str], last: list[str]) -> bool:
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


def is_day(written: str) -> bool:
    """Whether it is a day, spelled as days compare: 2005-07-01, and neither 20050701 nor 2005-W26-5."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
