from datetime import UTC, date, datetime

import pytest

from workflow.errors import NotFound
from workflow.month.months import Month, week_ends


def test_a_month_is_named_by_year_and_month() -> None:
    month = Month.named("2026-11")

    assert (month, str(month)) == (Month(2026, 11), "2026-11")
    assert month.begins == datetime(2026, 11, 1, tzinfo=UTC)
    assert month.ends == datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-00", "2026-13", "1969-12", "2200-01", "2026-1", " 2026-11", "٢٠٢٦-11"],
)
def test_what_names_none_is_refused(text: str) -> None:
    with pytest.raises(NotFound, match="2026-11"):
        Month.named(text)


@pytest.mark.parametrize(
    ("months", "there"), [(1, "2027-01"), (-12, "2025-12"), (13, "2028-01"), (0, "2026-12")]
)
def test_months_are_counted_over_the_end_of_a_year(months: int, there: str) -> None:
    assert str(Month.named("2026-12").further(months)) == there


def test_the_last_month_that_is_named_ends_too() -> None:
    assert Month.named("2199-12").ends == datetime(2200, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("day", "ends"), [(23, 30), (28, 30), (29, 30), (30, 37)])
def test_a_week_ends_with_its_sunday(day: int, ends: int) -> None:
    at = datetime(2026, 11, day, 23, 59, tzinfo=UTC)

    assert (week_ends(at).date() - date(2026, 11, 1)).days + 1 == ends
