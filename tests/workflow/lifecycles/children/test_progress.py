"""What comes next of a schedule: after a pause, a change of dates, a long stop."""

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import islice, pairwise

import pytest

from workflow.lifecycles.children.kinds import Frequency, Recurrence, YearMeant
from workflow.lifecycles.children.progress import ScheduleProgress, coming, day_of, first_instant
from workflow.lifecycles.children.schedule import Occurrence
from workflow.lifecycles.terms import DayOfYear, Within

HALF, YEAR = Recurrence(Frequency.HALF_YEAR), Recurrence(Frequency.YEAR)
PLAN = Recurrence(Frequency.YEAR, by=DayOfYear(1, 31), ahead=Within(1, "months"))
AHEAD = Recurrence(
    Frequency.YEAR, by=DayOfYear(12, 15), ahead=Within(2, "months"), about=YearMeant.AHEAD
)
JANUARY = date(2026, 1, 1)


def told(
    recurrence: Recurrence, standing: ScheduleProgress, most: int = 3
) -> list[tuple[str, str, str]]:
    """The day on which each of the next occurrences opens, and its period."""
    return [
        (str(each.opens_on), str(each.period_from), str(each.period_to))
        for each in islice(coming(recurrence, standing), most)
    ]


TABLE = {
    "a year ahead that has not begun opens as the case comes there": (
        AHEAD, ScheduleProgress(date(2026, 12, 20), date(2026, 11, 1), date(2028, 12, 31)),
        [("2026-12-20", "2027-01-01", "2027-12-31"), ("2027-10-15", "2028-01-01", "2028-12-31")],
    ),
    "a year ahead that has begun by then was planned as the case came there": (
        AHEAD, ScheduleProgress(date(2027, 1, 1), date(2026, 11, 1), date(2028, 12, 31)),
        [("2027-10-15", "2028-01-01", "2028-12-31")],
    ),
    "counted from the day on which it began": (
        HALF, ScheduleProgress(date(2026, 3, 2), date(2026, 3, 2)),
        [
            ("2026-09-02", "2026-03-02", "2026-09-01"),
            ("2027-03-02", "2026-09-02", "2027-03-01"),
            ("2027-09-02", "2027-03-02", "2027-09-01"),
        ],
    ),
    "what would have opened before the case came there never opens": (
        HALF, ScheduleProgress(date(2027, 8, 15), JANUARY),
        [
            ("2028-01-01", "2027-07-01", "2027-12-31"),
            ("2028-07-01", "2028-01-01", "2028-06-30"),
            ("2029-01-01", "2028-07-01", "2028-12-31"),
        ],
    ),
    "what opens on the very day on which the case came there opens": (
        HALF, ScheduleProgress(date(2026, 7, 1), JANUARY),
        [
            ("2026-07-01", "2026-01-01", "2026-06-30"),
            ("2027-01-01", "2026-07-01", "2026-12-31"),
            ("2027-07-01", "2027-01-01", "2027-06-30"),
        ],
    ),
    "what was dealt with does not come again": (
        HALF, ScheduleProgress(JANUARY, JANUARY, dealt_with=date(2026, 6, 30)),
        [
            ("2027-01-01", "2026-07-01", "2026-12-31"),
            ("2027-07-01", "2027-01-01", "2027-06-30"),
            ("2028-01-01", "2027-07-01", "2027-12-31"),
        ],
    ),
    "the last period is a part, and then there is none": (
        YEAR, ScheduleProgress(JANUARY, JANUARY, until=date(2027, 5, 31)),
        [("2027-01-01", "2026-01-01", "2026-12-31"), ("2027-06-01", "2027-01-01", "2027-05-31")],
    ),
    "an end put off after the last part goes on where that ended": (
        YEAR, ScheduleProgress(JANUARY, JANUARY, date(2028, 6, 30), dealt_with=date(2027, 5, 31)),
        [("2028-01-01", "2027-06-01", "2027-12-31"), ("2028-07-01", "2028-01-01", "2028-06-30")],
    ),
    "a beginning moved back tells of no day twice": (
        YEAR, ScheduleProgress(JANUARY, date(2025, 10, 1), dealt_with=date(2026, 12, 31)),
        [
            ("2027-10-01", "2027-01-01", "2027-09-30"),
            ("2028-10-01", "2027-10-01", "2028-09-30"),
            ("2029-10-01", "2028-10-01", "2029-09-30"),
        ],
    ),
    "a beginning put off leaves out the days before it": (
        YEAR, ScheduleProgress(JANUARY, date(2027, 4, 1), dealt_with=date(2026, 12, 31)),
        [
            ("2028-04-01", "2027-04-01", "2028-03-31"),
            ("2029-04-01", "2028-04-01", "2029-03-31"),
            ("2030-04-01", "2029-04-01", "2030-03-31"),
        ],
    ),
    "an end before everything leaves nothing": (
        HALF, ScheduleProgress(JANUARY, JANUARY, until=date(2025, 12, 31)), [],
    ),
    "by a day of the year": (
        PLAN, ScheduleProgress(date(2026, 3, 2), date(2026, 3, 2), until=date(2027, 12, 31)),
        [("2026-12-31", "2026-03-02", "2026-12-31"), ("2027-12-31", "2027-01-01", "2027-12-31")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_what_comes_next(case: str) -> None:
    recurrence, standing, meant = TABLE[case]

    assert told(recurrence, standing) == meant


def test_one_that_is_due_by_a_day_says_so() -> None:
    first = next(coming(PLAN, ScheduleProgress(date(2026, 3, 2), date(2026, 3, 2))))

    assert first.due_on == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("zone", "begins", "still"),
    [
        ("", datetime(2026, 7, 1, tzinfo=UTC), date(2026, 6, 30)),
        ("America/New_York", datetime(2026, 7, 1, 4, tzinfo=UTC), date(2026, 6, 30)),
        ("Asia/Tokyo", datetime(2026, 6, 30, 15, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_a_day_begins_where_the_house_is(zone: str, begins: datetime, still: date) -> None:
    assert first_instant(date(2026, 7, 1), zone) == begins
    assert day_of(datetime(2026, 6, 30, 23, 59, tzinfo=UTC), zone) == still


def acts(chance: random.Random, recurrence: Recurrence) -> list[Occurrence]:
    """What opens while somebody changes the dates again and again, one occurrence at a time."""
    progress = ScheduleProgress(JANUARY, JANUARY + timedelta(days=chance.randrange(-400, 400)))
    found: list[Occurrence] = []
    for _ in range(12):
        begins = progress.begins + timedelta(days=chance.choice((0, 0, chance.randrange(-90, 90))))
        until = chance.choice((None, begins + timedelta(days=chance.randrange(1500))))
        told = found[-1].period_to if found else None
        progress = ScheduleProgress(JANUARY, begins, until, told)
        found += islice(coming(recurrence, progress), 1)
    return found


@pytest.mark.parametrize("recurrence", [HALF, YEAR, PLAN, Recurrence(Frequency.MONTH)])
def test_however_dates_change_no_day_is_told_of_twice_and_all_come_in_their_order(
    recurrence: Recurrence,
) -> None:
    chance = random.Random(7)
    for _ in range(300):
        found = acts(chance, recurrence)

        assert all(each.period_from <= each.period_to for each in found)
        assert all(before.period_to < after.period_from for before, after in pairwise(found))
        assert all(each.opens_on >= JANUARY for each in found)


@pytest.mark.parametrize("recurrence", [HALF, YEAR, Recurrence(Frequency.MONTH)])
def test_while_no_date_changes_no_day_is_left_out(recurrence: Recurrence) -> None:
    chance = random.Random(11)
    for _ in range(200):
        begins = JANUARY + timedelta(days=chance.randrange(700))
        until = begins + timedelta(days=chance.randrange(2000))
        found = list(coming(recurrence, ScheduleProgress(begins, begins, until)))

        assert (found[0].period_from, found[-1].period_to) == (begins, until)
        assert all(
            after.period_from - before.period_to == timedelta(days=1)
            for before, after in pairwise(found)
        )
        assert all(each.opens_on == each.period_to + timedelta(days=1) for each in found)


def test_a_year_ahead_that_opens_late_is_due_on_that_day_at_the_earliest() -> None:
    late, following = islice(
        coming(AHEAD, ScheduleProgress(date(2026, 12, 20), date(2026, 11, 1))), 2
    )

    assert (late.due_on, following.due_on) == (date(2026, 12, 20), date(2027, 12, 15))


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2028, 12, 31)])
def test_what_opened_once_opens_never_again_wherever_its_end_is_moved(until: date) -> None:
    once = Recurrence(None, at=Fraction(1, 2))
    before = ScheduleProgress(JANUARY, JANUARY, date(2026, 12, 31))

    (first,) = coming(once, before)

    assert str(first.opens_on) == "2026-07-02"
    assert told(once, ScheduleProgress(JANUARY, JANUARY, until, first.period_to)) == []


def test_what_is_not_half_way_yet_moves_with_the_end() -> None:
    once = Recurrence(None, at=Fraction(1, 2))

    assert told(once, ScheduleProgress(JANUARY, JANUARY, date(2027, 12, 31))) == [
        ("2027-01-01", "2026-01-01", "2026-12-31")
    ]
