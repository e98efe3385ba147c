from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.lifecycles.calendar import (
    due,
    in_window,
    next_day,
    passed,
    put_off,
    session_ends,
    session_from,
    shortest,
    window_closes,
    window_opens,
)
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import AtSession, DayOfYear, Within, YearlyWindow

INSTANTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001  (hypothesis adds the time zone)
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
AMOUNTS = st.integers(min_value=1, max_value=3650)
FRIDAY = datetime(2004, 6, 11, 9, 30, tzinfo=UTC)


def test_a_round_without_a_span_is_never_due():
    assert due(None, FRIDAY) is None


@pytest.mark.parametrize(
    ("amount", "unit", "opened", "expected"),
    [
        (30, "days", "2004-06-11", "2004-07-11"),
        (60, "days", "2004-01-01", "2004-03-01"),
        (1, "working days", "2004-06-11", "2004-06-14"),
        (1, "working days", "2004-06-12", "2004-06-14"),
        (1, "working days", "2004-06-13", "2004-06-14"),
        (5, "working days", "2004-06-11", "2004-06-18"),
        (5, "working days", "2004-06-12", "2004-06-18"),
        (15, "working days", "2004-06-09", "2004-06-30"),
        (1, "months", "2004-01-31", "2004-02-29"),
        (1, "months", "2005-01-31", "2005-02-28"),
        (6, "months", "2004-08-31", "2005-02-28"),
        (12, "months", "2004-02-29", "2005-02-28"),
        (12, "months", "2004-12-15", "2005-12-15"),
    ],
)
def test_a_span_ends_on_the_day_people_count_to(amount: int, unit: str, opened: str, expected: str):
    end = due(Within(amount, unit), datetime.fromisoformat(f"{opened}T09:30:00+00:00"))

    assert end == datetime.fromisoformat(f"{expected}T09:30:00+00:00")


def test_an_instant_in_another_zone_is_counted_in_utc():
    late_in_new_york = datetime(2004, 6, 11, 23, 0, tzinfo=timezone(timedelta(hours=-4)))

    end = due(Within(1, "days"), late_in_new_york)

    assert end == datetime(2004, 6, 13, 3, 0, tzinfo=UTC)
    assert end.tzinfo is UTC


def test_an_instant_without_a_zone_is_a_bug():
    with pytest.raises(TypeError, match="time zone"):
        due(Within(1, "days"), FRIDAY.replace(tzinfo=None))


@pytest.mark.proof
@given(INSTANTS, AMOUNTS)
def test_days_are_calendar_days(opened: datetime, amount: int):
    assert due(Within(amount, "days"), opened) - opened == timedelta(days=amount)


@pytest.mark.proof
@given(INSTANTS, AMOUNTS, st.sampled_from(["days", "working days", "months"]))
def test_a_longer_span_is_never_due_earlier_and_keeps_the_time_of_day(
    opened: datetime, amount: int, unit: str
):
    shorter, longer = (due(Within(n, unit), opened) for n in (amount, amount + 1))

    assert opened < shorter < longer
    assert shorter.timetz() == opened.timetz()


@pytest.mark.proof
@given(INSTANTS, st.integers(min_value=1, max_value=300))
def test_workdays_are_those_counted_one_by_one(opened: datetime, amount: int):
    end = due(Within(amount, "working days"), opened)

    passed = (opened + timedelta(days=n) for n in range(1, (end - opened).days + 1))
    assert sum(day.weekday() < 5 for day in passed) == amount
    assert end.weekday() < 5


@pytest.mark.proof
@given(INSTANTS, st.integers(min_value=1, max_value=240))
def test_months_keep_the_day_or_end_with_a_shorter_month(opened: datetime, amount: int):
    end = due(Within(amount, "months"), opened)

    assert (end.year - opened.year) * 12 + end.month - opened.month == amount
    assert end.day == opened.day or (end + timedelta(days=1)).day == 1


NEW_YORK = WorkingCalendar(
    "new-york", "New York", "America/New_York", closed=frozenset({date(2026, 11, 26)})
)


@pytest.mark.parametrize(
    ("within", "opened", "expected"),
    [
        # The clocks of New York go forward on 8 March 2026 and back on 1 November.
        (Within(72, "hours"), "2026-03-06T12:00:00+00:00", "2026-03-09T12:00:00+00:00"),
        (Within(3, "days", zone="America/New_York"), "2026-03-06T17:00:00+00:00",
         "2026-03-09T16:00:00+00:00"),
        (Within(3, "days", zone="America/New_York", cut_off="17:00"),
         "2026-10-30T15:00:00+00:00", "2026-11-02T22:00:00+00:00"),
        # Just before midnight in New York it is the next day in UTC.
        (Within(1, "days", zone="America/New_York", cut_off="17:00"),
         "2026-06-02T03:59:00+00:00", "2026-06-02T21:00:00+00:00"),
        (Within(2, "working days", NEW_YORK, cut_off="17:00"),
         "2026-11-24T15:00:00+00:00", "2026-11-27T22:00:00+00:00"),
        (Within(2, "days", NEW_YORK, cut_off="17:00", rolls=True),
         "2026-11-24T15:00:00+00:00", "2026-11-27T22:00:00+00:00"),
        (Within(4, "days", NEW_YORK, cut_off="17:00", rolls=True),
         "2026-11-24T15:00:00+00:00", "2026-11-30T22:00:00+00:00"),
        (Within(1, "working days", WorkingCalendar("", "", "", frozenset({4, 5}))),
         "2026-11-26T15:00:00+00:00", "2026-11-29T15:00:00+00:00"),
    ],
)  # fmt: skip
def test_a_span_is_counted_in_its_calendar_zone_and_hour(
    within: Within, opened: str, expected: str
):
    assert due(within, datetime.fromisoformat(opened)) == datetime.fromisoformat(expected)


ZONES = st.sampled_from(["", "America/New_York", "Europe/Vienna", "Pacific/Apia", "Asia/Kolkata"])
CUT_OFFS = st.sampled_from(["", "00:00", "09:00", "17:30", "23:59"])


@pytest.mark.proof
@given(
    st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001  (hypothesis adds the time zone)
        max_value=datetime(2040, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    st.integers(min_value=1, max_value=60),
    st.sampled_from(["hours", "days", "working days", "months"]),
    ZONES,
    CUT_OFFS,
)
def test_no_span_is_ever_shorter_than_it_was_checked_to_be(
    opened: datetime, amount: int, unit: str, zone: str, cut_off: str
):
    within = Within(amount, unit, zone=zone, cut_off="" if unit == "hours" else cut_off)

    end = due(within, opened)

    assert end is not None
    assert end - opened >= shortest(within)


# Time that passed, and ends put off by it

SPANS = st.sampled_from(
    [
        Within(10, "working days"),
        Within(10, "working days", zone="America/New_York"),
        Within(5, "working days", WorkingCalendar("c", "C", "Asia/Kolkata", frozenset({4, 5}))),
        Within(72, "hours"),
        Within(30, "days", zone="America/New_York"),
        Within(6, "months"),
    ]
)
PAUSES = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=90))


def by_the_hour(within: Within, begun: datetime, ended: datetime) -> timedelta:
    """The same by brute force: every quarter of an hour looked at for itself."""
    zone = ZoneInfo(within.zone or (within.calendar.zone if within.calendar else "") or "UTC")
    worked = within.calendar or WorkingCalendar("", "", "")
    quarter, counted, at = timedelta(minutes=15), timedelta(), begun
    while at < ended:
        if within.unit != "working days" or worked.works(at.astimezone(zone).date()):
            counted += quarter
        at += quarter
    return counted


@pytest.mark.proof
@given(SPANS, INSTANTS, st.integers(0, 4 * 24 * 20))
def test_the_time_that_passed_is_what_counting_quarters_finds(
    within: Within, begun: datetime, quarters: int
):
    begun = begun.replace(minute=0, second=0, microsecond=0)
    ended = begun + timedelta(minutes=15) * quarters

    assert passed(within, begun, ended) == by_the_hour(within, begun, ended)
    assert passed(within, ended, begun) == -passed(within, begun, ended)


@pytest.mark.proof
@given(SPANS, INSTANTS, PAUSES, PAUSES)
def test_a_pause_takes_nothing_from_the_time_left_and_adds_nothing_to_it(
    within: Within, opened: datetime, until: timedelta, pause: timedelta
):
    end, stopped = due(within, opened), opened + until
    assert end is not None
    going_on = stopped + pause

    later = put_off(within, end, passed(within, stopped, going_on))

    assert passed(within, going_on, later) == passed(within, stopped, end)


@pytest.mark.proof
@given(INSTANTS, PAUSES, PAUSES)
def test_an_end_at_a_cut_off_stays_at_one_on_a_day_of_work_and_never_comes_sooner(
    opened: datetime, until: timedelta, pause: timedelta
):
    office = WorkingCalendar("ny", "N", "America/New_York")
    within = Within(10, "working days", office, cut_off="17:00")
    end, stopped = due(within, opened), opened + until
    assert end is not None

    later = put_off(within, end, passed(within, stopped, stopped + pause))

    local = later.astimezone(ZoneInfo(office.zone))
    assert (local.hour, local.minute, office.works(local.date())) == (17, 0, True)
    gained = passed(within, end, later) - passed(within, stopped, stopped + pause)
    assert timedelta() <= gained <= timedelta(hours=26)


def test_a_weekend_puts_nothing_off():
    saturday, sunday = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)
    within = Within(5, "working days")
    end = due(within, FRIDAY)
    assert end is not None

    assert put_off(within, end, passed(within, saturday, sunday)) == end


SPRING = YearlyWindow(DayOfYear(1, 1), DayOfYear(4, 30), "America/New_York")
WINTER = YearlyWindow(DayOfYear(11, 15), DayOfYear(2, 28))


@pytest.mark.parametrize(
    ("window", "at", "open_now", "opens", "closes"),
    [
        (SPRING, "2026-03-02T12:00+00:00", True, date(2027, 1, 1), "2026-05-01T04:00+00:00"),
        (SPRING, "2026-05-01T03:00+00:00", True, date(2027, 1, 1), "2026-05-01T04:00+00:00"),
        (SPRING, "2026-05-01T04:00+00:00", False, date(2027, 1, 1), "2027-05-01T04:00+00:00"),
        (SPRING, "2027-01-01T04:00+00:00", False, date(2027, 1, 1), "2027-05-01T04:00+00:00"),
        (SPRING, "2027-01-01T05:00+00:00", True, date(2028, 1, 1), "2027-05-01T04:00+00:00"),
        (WINTER, "2026-11-14T23:00+00:00", False, date(2026, 11, 15), "2027-03-01T00:00+00:00"),
        (WINTER, "2026-11-15T00:00+00:00", True, date(2027, 11, 15), "2027-03-01T00:00+00:00"),
        (WINTER, "2027-01-05T12:00+00:00", True, date(2027, 11, 15), "2027-03-01T00:00+00:00"),
        (WINTER, "2028-02-29T12:00+00:00", False, date(2028, 11, 15), "2029-03-01T00:00+00:00"),
    ],
)
def test_a_window_is_open_on_the_same_days_of_every_year(
    window: YearlyWindow, at: str, open_now: bool, opens: date, closes: str
) -> None:
    now = datetime.fromisoformat(at)

    assert in_window(window, now) is open_now
    assert window_opens(window, now) == opens
    assert window_closes(window, now) == datetime.fromisoformat(closes)


@pytest.mark.proof
@given(
    INSTANTS,
    st.tuples(st.integers(1, 12), st.integers(1, 28)),
    st.tuples(st.integers(1, 12), st.integers(1, 28)),
)
def test_whoever_waits_for_the_end_of_a_window_was_in_it_just_before(
    at: datetime, first: tuple[int, int], last: tuple[int, int]
) -> None:
    window = YearlyWindow(DayOfYear(*first), DayOfYear(*last))

    closes = window_closes(window, at)

    assert closes > at
    assert in_window(window, closes - timedelta(microseconds=1))
    assert (
        first == last
        or not in_window(window, closes)
        or DayOfYear(*first) == DayOfYear(closes.month, closes.day)
    )


BOARD = AtSession("board", papers=21, zone="America/New_York")
PAPERS = AtSession("board", papers=21, papers_due=True, zone="America/New_York")


def test_a_session_is_the_next_one_for_which_papers_are_in_time() -> None:
    night = datetime(2026, 3, 2, 4, 59, tzinfo=UTC)

    assert session_from(BOARD, night) == date(2026, 3, 22), "in New York it is still 1 March"
    assert session_from(BOARD, night + timedelta(minutes=1)) == date(2026, 3, 23)
    assert session_from(AtSession("board"), night) == date(2026, 3, 2)


def test_a_round_at_a_session_ends_with_its_last_day_or_with_the_day_of_its_papers() -> None:
    days = date(2026, 4, 7), date(2026, 4, 10)

    assert session_ends(BOARD, *days) == datetime(2026, 4, 11, 4, tzinfo=UTC)
    assert session_ends(PAPERS, *days) == datetime(2026, 3, 18, 4, tzinfo=UTC)


def test_what_is_not_planned_is_looked_at_again_as_the_next_day_begins_where_it_is_held() -> None:
    assert next_day(BOARD, datetime(2026, 3, 2, 4, 59, tzinfo=UTC)) == datetime(
        2026, 3, 2, 5, tzinfo=UTC
    )
