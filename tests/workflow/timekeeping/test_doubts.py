"""Doubts: each way in which a clock may be wrong, and every way in which it may be right."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.timekeeping.doubts import APART, SET, Doubt, DoubtKind, KeptClock, Sight, judge

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
DAYS, SECOND = timedelta(days=40), timedelta(seconds=1)
LEAPT = KeptClock(right_at=NOON, doubt=Doubt(DoubtKind.LEAP, NOON + DAYS, NOON))


def kind(sight: Sight, kept: KeptClock = KeptClock()) -> DoubtKind | None:  # noqa: B008  # it is frozen
    doubt = judge(sight, kept)
    return doubt.kind if doubt else None


@pytest.mark.parametrize("by", [DAYS, -DAYS, APART + SECOND, -APART - SECOND])
def test_a_clock_that_differs_from_the_databases_is_in_doubt(by: timedelta) -> None:
    assert kind(Sight(NOON + by, database=NOON)) is DoubtKind.DATABASE


def test_a_clock_within_a_minute_of_the_databases_is_right() -> None:
    assert kind(Sight(NOON + APART, database=NOON, vouched=True)) is None


def test_a_difference_that_somebody_confirmed_is_right_and_so_is_none_at_all() -> None:
    kept = KeptClock(ahead=timedelta(hours=1))

    assert kind(Sight(NOON + timedelta(hours=1), database=NOON), kept) is None
    assert kind(Sight(NOON, database=NOON), kept) is None
    assert kind(Sight(NOON + timedelta(hours=2), database=NOON), kept) is DoubtKind.DATABASE


@pytest.mark.parametrize("by", [DAYS, -DAYS, SET + SECOND])
def test_a_clock_that_leaps_while_a_process_runs_is_in_doubt(by: timedelta) -> None:
    assert judge(Sight(NOON + by, expected=NOON), KeptClock()) == Doubt(
        DoubtKind.LEAP, NOON + by, NOON
    )


def test_a_clock_that_leapt_together_with_the_databases_is_in_doubt() -> None:
    assert kind(Sight(NOON + DAYS, expected=NOON, database=NOON + DAYS)) is DoubtKind.LEAP


def test_a_service_that_was_off_for_three_days_is_not_kept_from_its_work() -> None:
    off = Sight(NOON + timedelta(days=3), longest_stop=FORTNIGHT)

    assert kind(off, KeptClock(right_at=NOON)) is None


def test_a_long_stop_without_a_second_clock_is_in_doubt() -> None:
    off = Sight(NOON + DAYS, longest_stop=FORTNIGHT)

    assert kind(off, KeptClock(right_at=NOON)) is DoubtKind.STOP


def test_a_long_stop_that_another_machines_clock_confirms_is_none() -> None:
    off = Sight(NOON + DAYS, database=NOON + DAYS, vouched=True, longest_stop=FORTNIGHT)

    assert kind(off, KeptClock(right_at=NOON)) is None


def test_a_long_stop_is_none_where_it_is_not_asked_about() -> None:
    assert kind(Sight(NOON + DAYS), KeptClock(right_at=NOON)) is None


def test_a_clock_behind_the_last_settling_is_in_doubt() -> None:
    assert kind(Sight(NOON), KeptClock(right_at=NOON + DAYS)) is DoubtKind.FUTURE


def test_a_process_begun_in_the_time_in_doubt_has_the_same_doubt() -> None:
    assert judge(Sight(NOON + DAYS + SECOND), LEAPT) == LEAPT.doubt


def test_a_doubt_is_over_once_the_clock_is_set_right() -> None:
    assert kind(Sight(NOON + SECOND), LEAPT) is None
    assert kind(Sight(NOON + SECOND, expected=NOON + SECOND), LEAPT) is None


def test_a_clock_set_back_is_in_doubt_until_it_has_caught_up() -> None:
    back = KeptClock(doubt=Doubt(DoubtKind.LEAP, NOON - DAYS, NOON))

    assert kind(Sight(NOON - SECOND), back) is DoubtKind.LEAP
    assert kind(Sight(NOON + SECOND), back) is None


def test_a_doubt_names_both_times() -> None:
    said = str(Doubt(DoubtKind.LEAP, NOON + DAYS, NOON).said)

    assert said == (
        "The clock of this machine leapt: it said 11 Apr 2026, 12:00 UTC where it should have said "
        "2 Mar 2026, 12:00 UTC."
    )
