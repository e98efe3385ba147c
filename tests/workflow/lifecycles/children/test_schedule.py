"""When the child cases of a schedule open, and about which period."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import islice, pairwise

import pytest

from workflow.lifecycles.children.kinds import Frequency, Recurrence, YearMeant
from workflow.lifecycles.children.schedule import Occurrence, occurrences
from workflow.lifecycles.terms import DayOfYear, Within

MONTH_AHEAD = Within(1, "months")
YEARLY = Recurrence(Frequency.YEAR, DayOfYear(1, 31), MONTH_AHEAD)
PLANNED = Recurrence(Frequency.YEAR, DayOfYear(12, 15), Within(2, "months"), about=YearMeant.AHEAD)
DAY = timedelta(days=1)


def _written(found: list[Occurrence]) -> list[str]:
    return [
        f"{o.period_from} to {o.period_to}, opens {o.opens_on}, due {o.due_on or 'never'}"
        for o in found
    ]


@pytest.mark.parametrize(
    ("every", "begins", "until", "told"),
    [
        (
            Frequency.QUARTER, date(2026, 1, 15), date(2026, 8, 1),
            [
                "2026-01-15 to 2026-04-14, opens 2026-04-15, due never",
                "2026-04-15 to 2026-07-14, opens 2026-07-15, due never",
                "2026-07-15 to 2026-08-01, opens 2026-08-02, due never",
            ],
        ),
        (
            Frequency.MONTH, date(2027, 12, 31), date(2028, 3, 30),
            [
                "2027-12-31 to 2028-01-30, opens 2028-01-31, due never",
                "2028-01-31 to 2028-02-28, opens 2028-02-29, due never",
                "2028-02-29 to 2028-03-30, opens 2028-03-31, due never",
            ],
        ),
        (
            Frequency.HALF_YEAR, date(2026, 8, 31), date(2027, 8, 30),
            [
                "2026-08-31 to 2027-02-27, opens 2027-02-28, due never",
                "2027-02-28 to 2027-08-30, opens 2027-08-31, due never",
            ],
        ),
        (
            Frequency.YEAR, date(2028, 2, 29), date(2028, 2, 29),
            ["2028-02-29 to 2028-02-29, opens 2028-03-01, due never"],
        ),
        (Frequency.YEAR, date(2028, 2, 29), date(2028, 2, 28), []),
    ],
)  # fmt: skip
def test_periods_follow_each_other_from_the_first_day_on(
    every: Frequency, begins: date, until: date, told: list[str]
) -> None:
    assert _written(list(occurrences(Recurrence(every), begins, until))) == told


@pytest.mark.parametrize(
    ("recurrence", "begins", "until", "told"),
    [
        (
            YEARLY, date(2026, 7, 1), date(2028, 6, 30),
            [
                "2026-07-01 to 2026-12-31, opens 2026-12-31, due 2027-01-31",
                "2027-01-01 to 2027-12-31, opens 2027-12-31, due 2028-01-31",
                "2028-01-01 to 2028-06-30, opens 2028-12-31, due 2029-01-31",
            ],
        ),
        (
            Recurrence(Frequency.YEAR, DayOfYear(12, 31), Within(10, "days")),
            date(2026, 12, 27), date(2027, 12, 31),
            [
                "2026-12-27 to 2026-12-31, opens 2026-12-27, due 2026-12-31",
                "2027-01-01 to 2027-12-31, opens 2027-12-21, due 2027-12-31",
            ],
        ),
        (YEARLY, date(2026, 7, 1), date(2026, 6, 30), []),
        (YEARLY, date(2026, 7, 1), date(2025, 6, 30), []),
    ],
)  # fmt: skip
def test_a_yearly_day_is_about_the_last_calendar_year_that_is_over(
    recurrence: Recurrence, begins: date, until: date, told: list[str]
) -> None:
    assert _written(list(occurrences(recurrence, begins, until))) == told


@pytest.mark.parametrize(
    ("begins", "until", "told"),
    [
        (
            date(2026, 7, 1), date(2028, 6, 30),
            [
                "2027-01-01 to 2027-12-31, opens 2026-10-15, due 2026-12-15",
                "2028-01-01 to 2028-06-30, opens 2027-10-15, due 2027-12-15",
            ],
        ),
        (
            date(2026, 11, 20), date(2027, 12, 31),
            ["2027-01-01 to 2027-12-31, opens 2026-11-20, due 2026-12-15"],
        ),
        (date(2026, 1, 1), date(2026, 12, 31), []),
        (date(2026, 7, 1), date(2025, 6, 30), []),
    ],
)  # fmt: skip
def test_a_year_ahead_is_each_year_but_the_first(
    begins: date, until: date, told: list[str]
) -> None:
    assert _written(list(occurrences(PLANNED, begins, until))) == told


@pytest.mark.parametrize("recurrence", [*map(Recurrence, Frequency), YEARLY])
@pytest.mark.parametrize("begins", [date(2026, 1, 31), date(2027, 12, 30), date(2028, 2, 29)])
def test_periods_leave_no_day_out_and_take_none_twice(recurrence: Recurrence, begins: date) -> None:
    found = list(islice(occurrences(recurrence, begins), 40))

    assert len(found) == 40
    assert found[0].period_from == begins
    assert all(b.period_from == a.period_to + DAY for a, b in pairwise(found))
    assert all(a.opens_on < b.opens_on for a, b in pairwise(found))


@pytest.mark.parametrize("recurrence", [*map(Recurrence, Frequency), YEARLY])
def test_a_schedule_of_thousands_of_years_is_counted_to_an_end(recurrence: Recurrence) -> None:
    last = list(occurrences(recurrence, date(9980, 1, 1), date.max))[-1]

    assert last.period_to == date(9989, 12, 31)


@pytest.mark.parametrize(
    ("share", "begins", "until", "opens"),
    [
        ("1/2", "2026-01-01", "2026-12-31", "2026-07-02"),
        ("1/2", "2026-01-01", "2027-12-31", "2027-01-01"),
        ("1/3", "2026-01-01", "2026-03-31", "2026-01-31"),
        ("1/1", "2026-01-01", "2026-12-31", "2027-01-01"),
        ("1/2", "2026-01-01", "2026-01-01", "2026-01-01"),
    ],
)
def test_what_opens_at_a_share_of_the_time_opens_once(
    share: str, begins: str, until: str, opens: str
) -> None:
    once = Recurrence(None, at=Fraction(share))
    first, last = date.fromisoformat(begins), date.fromisoformat(until)

    (found,) = occurrences(once, first, last)

    assert str(found.opens_on) == opens
    assert (found.period_from, found.due_on) == (first, None)
    assert found.period_to == max(first, found.opens_on - timedelta(days=1))


def test_of_a_time_that_ends_before_it_begins_nothing_is_halfway() -> None:
    once = Recurrence(None, at=Fraction(1, 2))

    assert list(occurrences(once, date(2026, 2, 1), date(2026, 1, 1))) == []


def test_what_opens_later_opens_so_long_after_its_period_is_over() -> None:
    later = Recurrence(Frequency.HALF_YEAR, after=Within(2, "months"))

    found = list(occurrences(later, date(2026, 1, 1), date(2026, 12, 31)))

    assert [str(each.opens_on) for each in found] == ["2026-09-01", "2027-03-01"]
    assert [str(each.period_to) for each in found] == ["2026-06-30", "2026-12-31"]
