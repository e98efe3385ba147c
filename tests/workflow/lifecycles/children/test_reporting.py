"""Schedules by the reporting calendar of whoever reports: written tables of what opens when, and what it follows."""

from datetime import date
from itertools import islice, pairwise

import pytest

from workflow.lifecycles.children.kinds import Frequency, Recurrence, YearMeant
from workflow.lifecycles.children.reporting import ReportingYear, followed, next_begins
from workflow.lifecycles.children.schedule import occurrences
from workflow.lifecycles.terms import DayOfYear, Within

APRIL = ReportingYear(date(2026, 1, 1), begins_in=4, within=45, kept=7)
JULY = ReportingYear(date(2027, 6, 1), begins_in=7, within=90, kept=9)
HALF, YEAR = Recurrence(Frequency.HALF_YEAR), Recurrence(Frequency.YEAR)
BY = Recurrence(Frequency.YEAR, by=DayOfYear(1, 31), ahead=Within(1, "months"))
AHEAD = Recurrence(
    Frequency.YEAR, by=DayOfYear(12, 15), ahead=Within(2, "months"), about=YearMeant.AHEAD
)
MARCH = date(2026, 3, 2)

# When each opens, its period, when it is due, and which calendar it follows.
TABLE = {
    "a year that ends in March": (
        YEAR, (APRIL,),
        [
            "2026-04-01 2026-03-02/2026-03-31 2026-05-15 7",
            "2027-04-01 2026-04-01/2027-03-31 2027-05-15 7",
            "2028-04-01 2027-04-01/2028-03-31 2028-05-15 7",
        ],
    ),
    "its halves": (
        HALF, (APRIL,),
        [
            "2026-04-01 2026-03-02/2026-03-31 2026-05-15 7",
            "2026-10-01 2026-04-01/2026-09-30 2026-11-14 7",
            "2027-04-01 2026-10-01/2027-03-31 2027-05-15 7",
        ],
    ),
    "a calendar that is kept later counts from the next period on": (
        HALF, (JULY,),
        [
            "2026-09-02 2026-03-02/2026-09-01 None None",
            "2027-03-02 2026-09-02/2027-03-01 None None",
            "2027-09-02 2027-03-02/2027-09-01 None None",
            "2028-01-01 2027-09-02/2027-12-31 2028-03-30 9",
            "2028-07-01 2028-01-01/2028-06-30 2028-09-28 9",
        ],
    ),
    "one that follows another begins with the next period as well": (
        YEAR, (APRIL, JULY),
        [
            "2026-04-01 2026-03-02/2026-03-31 2026-05-15 7",
            "2027-04-01 2026-04-01/2027-03-31 2027-05-15 7",
            "2028-04-01 2027-04-01/2028-03-31 2028-05-15 7",
            "2028-07-01 2028-04-01/2028-06-30 2028-09-28 9",
            "2029-07-01 2028-07-01/2029-06-30 2029-09-28 9",
        ],
    ),
    "where a day is said for each year, the calendar says it otherwise": (
        BY, (APRIL,),
        [
            "2026-04-15 2026-03-02/2026-03-31 2026-05-15 7",
            "2027-04-15 2026-04-01/2027-03-31 2027-05-15 7",
        ],
    ),
    "a year ahead is due as long before it": (
        AHEAD, (APRIL,),
        [
            "2026-03-02 2026-04-01/2027-03-31 2026-03-15 7",
            "2027-01-15 2027-04-01/2028-03-31 2027-03-15 7",
        ],
    ),
    "without a calendar": (
        AHEAD, (),
        [
            "2026-10-15 2027-01-01/2027-12-31 2026-12-15 None",
            "2027-10-15 2028-01-01/2028-12-31 2027-12-15 None",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_what_opens_when(case: str) -> None:
    recurrence, years, expected = TABLE[case]

    found = islice(occurrences(recurrence, MARCH, years=years), len(expected))

    assert [
        f"{each.opens_on} {each.period_from}/{each.period_to} {each.due_on} {each.calendar}"
        for each in found
    ] == expected


@pytest.mark.parametrize("every", Frequency)
def test_periods_follow_each_other_without_a_gap_whatever_is_kept(every: Frequency) -> None:
    found = [
        *occurrences(Recurrence(every), MARCH, date(2031, 5, 20), years=(APRIL, JULY)),
    ]

    days = [(each.period_from, each.period_to) for each in found]
    assert (days[0][0], days[-1][1]) == (MARCH, date(2031, 5, 20))
    assert all((begins - ended).days == 1 for (_, ended), (begins, _) in pairwise(days))


@pytest.mark.parametrize("begins_in", range(1, 13))
@pytest.mark.parametrize("every", Frequency)
def test_the_next_period_begins_in_a_month_of_the_year(begins_in: int, every: Frequency) -> None:
    for month in range(1, 13):
        day = date(2027, month, 15)

        found = next_begins(day, every.months, begins_in)

        assert (
            day
            < found
            <= date(2027 + (month + every.months > 12), (month + every.months - 1) % 12 + 1, 1)
        )
        assert (found.month - begins_in) % every.months == 0
        assert found.day == 1


def test_what_is_not_in_force_yet_is_not_followed() -> None:
    both = APRIL, JULY

    assert [followed(both, day) for day in (date(2025, 12, 31), MARCH, date(2027, 6, 1))] == [
        None, APRIL, JULY,
    ]  # fmt: skip
