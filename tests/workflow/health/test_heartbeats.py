"""Heartbeats on both databases: what a process says of its work, seldom, and what is made of it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError

from tests.support.statements import asked
from workflow.database import reading
from workflow.health.heartbeats import EVERY, KEPT, Beat, Heartbeats, Work, beats
from workflow.health.models import Heartbeat

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Time:
    """A clock and a stopwatch that go on only when they are told to."""

    def __init__(self) -> None:
        self.ran = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.ran)

    def elapsed(self) -> float:
        return self.ran


@pytest.fixture
def time() -> Time:
    return Time()


def told_by(database: Database, time: Time, process: str = "one") -> Heartbeats:
    return Heartbeats(database, process, time.now, time.elapsed)


def seen(database: Database, time: Time) -> Beat:
    with reading(database) as session:
        (found,) = beats(session, time.now())
    return found


def test_work_that_was_done_is_seen_with_its_time_and_process(
    database: Database, time: Time
) -> None:
    told_by(database, time).worked(Work.SWEEP)

    assert seen(database, time) == Beat(Work.SWEEP, NOON, "one", None, "")


def test_a_sign_by_a_clock_that_leapt_ahead_hides_no_silence(
    database: Database, time: Time
) -> None:
    told_by(database, time).worked(Work.SWEEP)
    time.ran = timedelta(days=6).total_seconds()
    told_by(database, time, "leapt").worked(Work.SWEEP)
    time.ran = 300

    assert seen(database, time) == Beat(Work.SWEEP, NOON, "one", None, "")


def test_a_fault_by_a_clock_that_leapt_ahead_is_none_of_today(
    database: Database, time: Time
) -> None:
    time.ran = timedelta(days=6).total_seconds()
    told_by(database, time, "leapt").failed(Work.SWEEP, "The clock of this machine leapt.")
    time.ran = 300

    assert seen(database, time) == Beat(Work.SWEEP, None, "", None, "")


def test_a_kind_is_written_once_in_ten_seconds(database: Database, time: Time) -> None:
    told = told_by(database, time)
    told.worked(Work.SWEEP)

    with asked(database) as found:
        for _ in range(100):
            time.ran += EVERY / 101
            told.worked(Work.SWEEP)
        early = len(found.writings)
        time.ran += EVERY
        told.worked(Work.SWEEP)

    assert (early, len(found.writings)) == (0, 1)
    assert seen(database, time).worked_at == NOON + timedelta(seconds=time.ran)


def test_a_fault_is_news_and_keeps_the_time_since_when_it_lasts(
    database: Database, time: Time
) -> None:
    told = told_by(database, time)
    told.worked(Work.MAIL)
    time.ran = 5
    told.failed(Work.MAIL, OSError("no route to the server\nsecond line"))
    time.ran = 60
    told.failed(Work.MAIL, OSError("still none"))

    found = seen(database, time)

    assert found.worked_at == NOON
    assert found.failing_since == NOON + timedelta(seconds=5)
    assert found.fault == "still none"


def test_a_fault_of_the_database_is_told_without_its_statement(
    database: Database, time: Time
) -> None:
    fault = OperationalError("select secret from person", {}, Exception("the disk is full"))

    told_by(database, time).failed(Work.SWEEP, fault)

    assert seen(database, time).fault == "the disk is full"


def test_a_bug_is_told_without_the_words_of_programmers(database: Database, time: Time) -> None:
    told_by(database, time).failed(Work.FILES, KeyError("stage"))

    assert seen(database, time).fault == "a fault that nobody foresaw"


def test_a_fault_is_over_when_the_work_is_done_again(database: Database, time: Time) -> None:
    told = told_by(database, time)
    told.failed(Work.MAIL, "no route")
    time.ran = 1
    told.worked(Work.MAIL)

    found = seen(database, time)

    assert (found.failing_since, found.fault) == (None, "")


def test_a_fault_of_one_process_does_not_count_while_another_does_the_work(
    database: Database, time: Time
) -> None:
    told_by(database, time, "one").failed(Work.INDEXER, "an event is damaged")
    time.ran = 30
    told_by(database, time, "two").worked(Work.INDEXER)

    found = seen(database, time)

    assert (found.process, found.fault) == ("two", "")


def test_work_is_never_disturbed_by_what_it_says_of_itself(database: Database, time: Time) -> None:
    with database.begin() as connection:
        connection.execute(text("drop table heartbeat"))

    told_by(database, time).worked(Work.SWEEP)

    with database.begin() as connection:
        assert not inspect(connection).has_table("heartbeat")


def test_processes_long_gone_are_forgotten(database: Database, time: Time) -> None:
    told_by(database, time, "gone").worked(Work.SWEEP)
    time.ran = (KEPT + timedelta(seconds=1)).total_seconds()

    told_by(database, time, "new").worked(Work.SWEEP)

    with reading(database) as session:
        assert session.scalar(select(func.count()).select_from(Heartbeat)) == 1


def test_a_beginning_counts_from_the_first_one_after_which_nothing_was_done(
    database: Database, time: Time
) -> None:
    told_by(database, time, "one").begun([Work.SWEEP])
    first = seen(database, time).begun_at
    time.ran = 60
    told_by(database, time, "two").begun([Work.SWEEP])
    again = seen(database, time).begun_at
    told_by(database, time, "two").worked(Work.SWEEP)
    time.ran = 120
    done = seen(database, time).begun_at
    told_by(database, time, "three").begun([Work.SWEEP])

    assert first is not None
    assert (again, done) == (first, first if done else None)
    assert seen(database, time).begun_at == first + timedelta(seconds=120)
