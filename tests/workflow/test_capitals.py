"""The hours of a country are those of its capital."""

from datetime import UTC, date, datetime

import pytest

from workflow.capitals import capital

FRIDAY_EVENING = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)


def test_an_instant_is_shown_by_the_clocks_of_the_capital() -> None:
    there = capital("FJI")

    assert there is not None
    assert there.local(FRIDAY_EVENING).strftime("%a %H:%M") == "Sat 08:00"


@pytest.mark.parametrize(
    ("iso3", "worked"),
    [("BRA", date(2026, 3, 6)), ("FJI", date(2026, 3, 6)), ("EGY", date(2026, 3, 5))],
)
def test_the_last_day_of_work_before_an_end_is_none_of_the_weekend_there(
    iso3: str, worked: date
) -> None:
    there = capital(iso3)

    assert there is not None
    assert there.last_worked(FRIDAY_EVENING) == worked
    assert not there.rests(worked)


@pytest.mark.parametrize("iso3", [None, "", "XXX"])
def test_of_no_country_no_hours_are_known(iso3: str | None) -> None:
    assert capital(iso3) is None
