"""The figures by which rules count."""

from datetime import date
from fractions import Fraction

import pytest

from workflow.lifecycles.quantities import Share, WorkingCalendar


@pytest.mark.parametrize(
    ("share", "part", "whole", "reached"),
    [
        (Share(Fraction(2, 3)), 2, 3, True),
        (Share(Fraction(2, 3)), 1, 3, False),
        (Share(Fraction(1, 2)), 2, 4, True),
        (Share(Fraction(1, 2), more_than=True), 2, 4, False),
        (Share(Fraction(1, 2), more_than=True), 3, 4, True),
        (Share(Fraction(1, 3)), 1, 3, True),
    ],
)
def test_a_share_is_counted_in_whole_numbers(
    share: Share, part: int, whole: int, reached: bool
) -> None:
    assert share.reached(part, whole) is reached


def test_a_share_says_whether_it_must_be_passed() -> None:
    assert str(Share(Fraction(2, 3))) == "at least 2/3"
    assert str(Share(Fraction(1, 2), more_than=True)) == "more than 1/2"


def test_an_office_rests_at_its_weekend_and_on_its_holidays() -> None:
    cairo = WorkingCalendar(
        "cairo", "Cairo", "Africa/Cairo", frozenset({4, 5}), frozenset({date(2026, 3, 2)})
    )

    assert not cairo.works(date(2026, 3, 2))
    assert not cairo.works(date(2026, 3, 6))
    assert cairo.works(date(2026, 3, 8))
