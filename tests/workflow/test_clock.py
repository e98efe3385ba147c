"""Instants are kept and written to the millisecond."""

from datetime import UTC, datetime, timedelta, timezone

from workflow.clock import read, to_millisecond, utc_now, written

LATE = datetime(2026, 3, 2, 23, 30, 1, 999_999, tzinfo=timezone(timedelta(hours=-3)))


def test_an_instant_is_cut_and_never_rounded_up() -> None:
    assert to_millisecond(LATE).microsecond == 999_000


def test_an_instant_is_written_in_utc_with_three_digits() -> None:
    assert written(LATE) == "2026-03-03T02:30:01.999Z"
    assert written(LATE.replace(microsecond=7_000)) == "2026-03-03T02:30:01.007Z"


def test_what_is_written_is_read_as_the_same_instant() -> None:
    now = utc_now()

    assert read(written(now)) == now
    assert now.tzinfo is UTC
