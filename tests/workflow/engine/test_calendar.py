from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.engine.calendar import due, shortest
from workflow.engine.definition import Within
from workflow.engine.figures import WorkingCalendar

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


@given(INSTANTS, AMOUNTS)
def test_days_are_calendar_days(opened: datetime, amount: int):
    assert due(Within(amount, "days"), opened) - opened == timedelta(days=amount)


@given(INSTANTS, AMOUNTS, st.sampled_from(["days", "working days", "months"]))
def test_a_longer_span_is_never_due_earlier_and_keeps_the_time_of_day(
    opened: datetime, amount: int, unit: str
):
    shorter, longer = (due(Within(n, unit), opened) for n in (amount, amount + 1))

    assert opened < shorter < longer
    assert shorter.timetz() == opened.timetz()


@given(INSTANTS, st.integers(min_value=1, max_value=300))
def test_working_days_are_those_counted_one_by_one(opened: datetime, amount: int):
    end = due(Within(amount, "working days"), opened)

    passed = (opened + timedelta(days=n) for n in range(1, (end - opened).days + 1))
    assert sum(day.weekday() < 5 for day in passed) == amount
    assert end.weekday() < 5


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
