from datetime import date

import pytest

from workflow.errors import Invalid
from workflow.people.groupings.days import MembershipDays, days_said


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("1975-05-28", "2025-01-28", date(1975, 5, 28), date(2025, 1, 28)),
        ("1975", "2000", date(1975, 1, 1), date(2000, 12, 31)),
        ("", "2004", None, date(2004, 12, 31)),
        (" 2002 ", "", date(2002, 1, 1), None),
        ("", "", None, None),
    ],
)
def test_days_and_years_are_read_and_said_as_they_were_written(
    since: str, until: str, first: date | None, last: date | None
) -> None:
    days = days_said(since, until)

    assert (days.since, days.until) == (first, last)
    assert (days.said_since, days.said_until) == (since.strip(), until.strip())


@pytest.mark.parametrize(
    ("since", "until", "field", "said"),
    [
        ("spring", "", "since", "no day and no year"),
        ("1975-02-30", "", "since", "no day and no year"),
        ("0000", "", "since", "no day and no year"),
        ("", "28.5.1975", "until", "no day and no year"),
        ("1975-05-28", "2000", "until", "two days or two years"),
        ("2000", "1975", "until", "cannot end before"),
    ],
)
def test_what_is_no_time_is_refused_at_its_field(
    since: str, until: str, field: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        days_said(since, until)

    assert refused.value.faults.keys() == {field}


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (("1997", "2004"), ("2008", ""), False),
        (("1997", "2008"), ("2008", ""), True),
        (("", "2004"), ("2004-12-31", ""), True),
        (("", ""), ("1999", "1999"), True),
    ],
)
def test_two_memberships_overlap_where_both_hold_on_a_day(
    one: tuple[str, str], other: tuple[str, str], *, overlap: bool
) -> None:
    first, second = days_said(*one), days_said(*other)

    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


def test_without_days_it_holds_always() -> None:
    assert MembershipDays().overlaps(days_said("1900", "1900"))
