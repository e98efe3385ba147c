"""Tries are counted before they are made: by account and network, by browser, and by session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.database import connect, transaction
from workflow.people.models import SignInFailure
from workflow.people.throttle import (
    Try,
    clear,
    give_back,
    of_browser,
    of_session,
    of_stranger,
    reserve,
    sweep_failures,
    tries_left,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(minutes=16)
AMINA = "amina@example.org"
HERE, ELSEWHERE = "192.0.2.1", "203.0.113.9"


def wrong(session: Session, account: str = AMINA, address: str = HERE, at: datetime = NOW) -> Try:
    return reserve(session, of_stranger(account, address), at)


def fail(session: Session, times: int, account: str = AMINA, address: str = HERE) -> None:
    """So many failures, as if none had had to wait."""
    for _ in range(times):
        for bucket in of_stranger(account, address):
            session.add(SignInFailure(bucket=bucket.key, at=NOW))
    session.flush()


def wait(session: Session, account: str = AMINA, address: str = HERE, at: datetime = NOW) -> int:
    tried = wrong(session, account, address, at)
    give_back(session, tried)
    return tried.wait


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (8, 240), (9, 480), (10, 900), (60, 900)],
)
def test_the_wait_for_an_account_grows(session: Session, failures: int, seconds: int) -> None:
    fail(session, failures)

    assert wait(session) == seconds


def test_strangers_elsewhere_stop_nobody_here(session: Session) -> None:
    fail(session, 12, address=ELSEWHERE)

    assert wait(session) == 0


@pytest.mark.parametrize(("failures", "seconds"), [(49, 0), (50, 30), (51, 60), (80, 60)])
def test_guesses_at_one_account_from_everywhere_are_slowed_to_one_a_minute(
    session: Session, failures: int, seconds: int
) -> None:
    for number in range(failures):
        fail(session, 1, address=f"192.0.2.{number}")

    assert wait(session, address=ELSEWHERE) == seconds


@pytest.mark.parametrize(("failures", "seconds"), [(99, 0), (100, 30), (101, 60), (140, 60)])
def test_a_ministry_behind_one_address_may_err_a_hundred_times_and_then_waits_a_minute(
    session: Session, failures: int, seconds: int
) -> None:
    for number in range(failures):
        fail(session, 1, account=f"person{number}@example.org")

    assert wait(session, "unknown@example.org") == seconds


def test_the_wait_runs_down(session: Session) -> None:
    fail(session, 5)

    assert wait(session, at=NOW + timedelta(seconds=10)) == 20
    assert wait(session, at=NOW + timedelta(seconds=29, milliseconds=500)) == 1
    assert wait(session, at=NOW + timedelta(seconds=30)) == 0


def test_nobody_is_locked_out_for_longer_than_a_quarter_of_an_hour(session: Session) -> None:
    fail(session, 500)

    assert wait(session, at=NOW + timedelta(minutes=15)) == 0


def test_an_account_is_counted_in_any_spelling(session: Session) -> None:
    fail(session, 5, account=" AMINA@Example.org ")

    assert wait(session) == 30


def test_others_do_not_wait(session: Session) -> None:
    fail(session, 10)

    assert wait(session, "chidi@example.org") == 0


def test_one_household_of_version_six_counts_as_one_address(session: Session) -> None:
    for number in range(5):
        fail(session, 1, address=f"2001:db8:1:2::{number:x}")

    assert wait(session, address="2001:db8:1:2:ffff::1") == 30
    assert wait(session, address="2001:db8:1:3::1") == 0


def test_a_browser_that_is_known_is_counted_alone(session: Session) -> None:
    fail(session, 12)
    known = of_browser(AMINA, "a name")

    tries = [reserve(session, known, NOW).wait for _ in range(6)]

    assert tries == [0, 0, 0, 0, 0, 30]
    assert reserve(session, of_browser(AMINA, "another"), NOW).wait == 0


def test_a_session_has_five_tries(session: Session) -> None:
    fail(session, 12)

    left = []
    for _ in range(6):
        reserve(session, of_session("a token"), NOW)
        left.append(tries_left(session, "a token", NOW))

    assert left == [4, 3, 2, 1, 0, 0]
    assert tries_left(session, "another", NOW) == 5


def test_a_sign_in_clears_the_account_here_but_not_the_network(session: Session) -> None:
    fail(session, 100)

    clear(session, of_stranger(AMINA, HERE))

    kept = session.scalars(select(SignInFailure.bucket)).all()
    assert {bucket.partition(":")[0] for bucket in kept} == {"anywhere", "address"}


def test_a_try_that_is_given_back_counts_nowhere(session: Session) -> None:
    before = session.scalar(select(func.count()).select_from(SignInFailure))

    give_back(session, wrong(session))

    assert session.scalar(select(func.count()).select_from(SignInFailure)) == before


def test_an_address_that_cannot_be_read_is_counted_all_the_same(session: Session) -> None:
    fail(session, 5, address="unix:" + "x" * 300)

    assert wait(session, address="unix:" + "x" * 300) == 30


def test_a_thousand_guesses_take_more_than_a_day(session: Session) -> None:
    at, guesses = NOW, 0
    while at < NOW + timedelta(hours=6):
        at += timedelta(seconds=wrong(session, at=at).wait)
        wrong(session, at=at)
        guesses += 1
        at += timedelta(milliseconds=250)

    assert guesses < 250


def test_a_sweep_removes_failures_that_no_longer_count(session: Session) -> None:
    wrong(session, at=LONG_AGO)
    wrong(session)

    gone = sweep_failures(session, NOW)

    assert gone == 3
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 3


def test_of_thirty_guesses_at_once_five_are_looked_at(database_url: str) -> None:
    engine = connect(database_url)

    def guess(_number: int) -> int:
        with transaction(engine) as session:
            return wrong(session).wait

    with ThreadPoolExecutor(15) as threads:
        waits = list(threads.map(guess, range(30)))

    engine.dispose()
    assert waits.count(0) == 5
    assert set(waits) == {0, 30}
