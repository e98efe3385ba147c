from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.forecast.simulation.working_time import instant, moment, usual_week
from workflow.lifecycles.calendar import WORKING_DAYS, passed
from workflow.lifecycles.terms import Within

WEEK = usual_week(2020)
SPAN = Within(1, WORKING_DAYS)
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 2),  # noqa: DTZ001  (hypothesis adds the time zone)
    max_value=datetime(2032, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(INSTANTS, st.floats(0, 400))
def test_as_many_working_days_go_by_as_the_calendar_counts(begun: datetime, days: float) -> None:
    ended = begun + timedelta(days=days)

    counted = passed(SPAN, begun, ended) / timedelta(days=1)

    assert abs(WEEK.passed(instant(begun), instant(ended)) - counted) < 1e-6


@given(INSTANTS, st.floats(0, 1000))
def test_after_so_many_working_days_so_many_have_gone_by(begun: datetime, days: float) -> None:
    ended = WEEK.after(instant(begun), days)

    assert abs(WEEK.passed(instant(begun), ended) - days) < 1e-6
    assert ended >= instant(begun)


@given(INSTANTS)
def test_an_instant_is_the_same_again(at: datetime) -> None:
    assert abs(moment(instant(at)) - at) < timedelta(milliseconds=1)


def test_a_friday_evening_and_half_a_day_more_is_on_monday() -> None:
    friday = datetime(2026, 11, 27, 18, tzinfo=UTC)

    assert moment(WEEK.after(instant(friday), 0.5)) == datetime(2026, 11, 30, 6, tzinfo=UTC)
