from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.people.models import SignInFailure
from workflow.people.throttle import clear, note_failure, sweep_failures, wait_seconds

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AMINA = "amina@example.org"
HERE = "192.0.2.1"


def fail(session: Session, times: int, account: str = AMINA, address: str = HERE) -> None:
    for _ in range(times):
        note_failure(session, account, address, NOW)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (60, 900)],
)
def test_the_wait_for_an_account_grows(session: Session, failures: int, seconds: int) -> None:
    for number in range(failures):
        fail(session, 1, address=f"192.0.2.{number}")

    assert wait_seconds(session, AMINA, "203.0.113.9", NOW) == seconds


@pytest.mark.parametrize(("failures", "seconds"), [(19, 0), (20, 30), (21, 60), (25, 900)])
def test_the_wait_for_an_address_begins_later(
    session: Session, failures: int, seconds: int
) -> None:
    for number in range(failures):
        fail(session, 1, account=f"person{number}@example.org")

    assert wait_seconds(session, "unknown@example.org", HERE, NOW) == seconds


def test_the_wait_runs_down(session: Session) -> None:
    fail(session, 5)

    assert wait_seconds(session, AMINA, HERE, NOW + timedelta(seconds=10)) == 20
    assert wait_seconds(session, AMINA, HERE, NOW + timedelta(seconds=29, milliseconds=500)) == 1
    assert wait_seconds(session, AMINA, HERE, NOW + timedelta(seconds=30)) == 0


def test_nobody_is_locked_out_for_longer_than_a_quarter_of_an_hour(session: Session) -> None:
    fail(session, 500)

    assert wait_seconds(session, AMINA, HERE, NOW + timedelta(minutes=15)) == 0


def test_an_account_is_counted_in_any_spelling(session: Session) -> None:
    fail(session, 5, account=" AMINA@Example.org ")

    assert wait_seconds(session, AMINA, "203.0.113.9", NOW) == 30


def test_others_do_not_wait(session: Session) -> None:
    fail(session, 10)

    assert wait_seconds(session, "chidi@example.org", "203.0.113.9", NOW) == 0


def test_one_household_of_version_six_counts_as_one_address(session: Session) -> None:
    for number in range(20):
        fail(session, 1, f"person{number}@example.org", f"2001:db8:1:2::{number:x}")

    assert wait_seconds(session, AMINA, "2001:db8:1:2:ffff::1", NOW) == 30
    assert wait_seconds(session, AMINA, "2001:db8:1:3::1", NOW) == 0


def test_a_sign_in_clears_the_account_but_not_the_address(session: Session) -> None:
    fail(session, 20)

    clear(session, AMINA)

    assert wait_seconds(session, AMINA, "203.0.113.9", NOW) == 0
    assert wait_seconds(session, AMINA, HERE, NOW) == 30


def test_an_address_that_cannot_be_read_is_counted_all_the_same(session: Session) -> None:
    fail(session, 20, address="unix:" + "x" * 300)

    assert wait_seconds(session, "chidi@example.org", "unix:" + "x" * 300, NOW) == 30


def test_a_thousand_guesses_take_more_than_a_day(session: Session) -> None:
    at, guesses = NOW, 0
    while at < NOW + timedelta(hours=6):
        at += timedelta(seconds=wait_seconds(session, AMINA, HERE, at))
        note_failure(session, AMINA, HERE, at)
        guesses += 1
        at += timedelta(milliseconds=250)

    assert guesses < 250


def test_a_sweep_removes_failures_that_no_longer_count(session: Session) -> None:
    note_failure(session, AMINA, HERE, NOW - timedelta(minutes=16))
    fail(session, 1)

    gone = sweep_failures(session, NOW)

    assert gone == 2
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 2
