"""Several at once: writers whose numbers and commits are out of order, and two sequencers."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Signal

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.support.sizes import sized
from tests.support.waiting import PATIENCE
from tests.workflow.tlog.writing import faults, open_cases, place_all, size_of, tell, write
from workflow.audit.models import Event
from workflow.database import Pool, connect
from workflow.tlog.store.models import LogEntry, LogState
from workflow.tlog.store.sequencer import Sequencer

pytestmark = pytest.mark.proof

SECONDS = sized(2, 200)
WRITERS = 12
ENOUGH = 10


class ByNumber:
    """The naive sequencer: whatever has a higher number than the last one seen."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._last = 0
        self.seen: set[int] = set()

    def work(self) -> None:
        found = select(Event.id).where(Event.id > self._last).order_by(Event.id).limit(256)
        with Session(self._database) as session:
            numbers = session.scalars(found).all()
        self.seen |= set(numbers)
        self._last = max(numbers, default=self._last)

    def missed(self) -> int:
        """How many events came with a lower number than one that was seen before."""
        passed = select(func.count(Event.id)).where(Event.id <= self._last)
        with Session(self._database) as session:
            return (session.scalar(passed) or 0) - len(self.seen)


def keep_writing(database: Engine, ref: str, ending: Signal) -> int:
    """Write, and now and then take a while to commit; returns how many events."""
    chance, count = random.Random(ref), 0
    while not ending.is_set():
        with Session(database) as session, session.begin():
            tell(session, ref)
            time.sleep(chance.choice([0, 0, 0.002, 0.02]))
        count += 1
    return count


@pytest.fixture
def roomy(postgresql_url: str) -> Iterator[Engine]:
    """A database with a connection for every writer."""
    engine = connect(postgresql_url, Pool(size=WRITERS + 4))
    yield engine
    engine.dispose()


def test_no_event_is_missed_where_numbers_and_commits_are_out_of_order(
    roomy: Engine,
) -> None:
    """T12; the sequencer that goes by numbers misses some in the same run."""
    database, ending = roomy, Signal()
    refs, naive = open_cases(database, WRITERS), ByNumber(database)
    sequencer, end = Sequencer(database, "one"), time.monotonic() + SECONDS

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(keep_writing, database, ref, ending) for ref in refs]
        try:
            while time.monotonic() < end or not naive.missed():
                sequencer.work()
                naive.work()
                assert time.monotonic() < end + PATIENCE, f"{len(naive.seen)} seen, none missed"
        finally:
            ending.set()
    written = sum(each.result() for each in writing)
    sequencer.release()
    place_all(database)
    naive.work()

    with Session(database) as session:
        numbers = set(session.scalars(select(Event.id)))
    print(f"{written} events, missed 0 by absence, {len(numbers - naive.seen)} by number")
    assert size_of(database) == written == len(numbers)
    assert faults(database) == []
    assert numbers - naive.seen


RIVAL = """
import sys
import time
from datetime import UTC, datetime
from workflow.database import connect
from workflow.tlog.store import sequencer
from workflow.tlog.store.sequencer import Sequencer

now = datetime(2026, 1, 1, tzinfo=UTC)

def clock():
    # Every lease has run out by the time somebody looks at it.
    global now
    now = max(datetime.now(UTC), now) + 2 * sequencer.LEASE
    return now

rival = Sequencer(connect(sys.argv[1]), sys.argv[2], clock, batch=3)
print("begun", flush=True)
while True:
    rival.take()
    rival.work()
    # SQLite lets nobody in who has to wait beside somebody who never rests.
    time.sleep(0.004)
"""


@contextmanager
def rivals(database: Engine) -> Iterator[list[subprocess.Popen[str]]]:
    url = database.url.render_as_string(hide_password=False)
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, url, name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    try:
        for each in begun:
            assert each.stdout
            each.stdout.readline()
        yield begun
    finally:
        for each in begun:
            each.kill()
            each.communicate()


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_of_two_sequencers_the_one_that_was_stopped_writes_nothing_more(database: Engine) -> None:
    """T11: each takes the lease over from the other, which was stopped wherever it was."""
    refs, chance = open_cases(database, 3), random.Random(11)
    stops, end = 0, time.monotonic() + SECONDS

    with rivals(database) as begun:
        while time.monotonic() < end or epoch(database) <= ENOUGH:
            assert time.monotonic() < end + PATIENCE, f"{stops} stops, epoch {epoch(database)}"
            paused = begun[stops % 2]
            paused.send_signal(signal.SIGSTOP)
            time.sleep(chance.random() / 50)
            paused.send_signal(signal.SIGCONT)
            write(database, refs)
            stops += 1
        ended = [each.poll() for each in begun]
    place_all(database, "three") or place_all(database, "one") or place_all(database, "two")

    print(f"{stops} stops, {size_of(database)} entries")
    assert ended == [None, None]
    assert faults(database) == []
    with Session(database) as session:
        assert session.scalar(select(func.count()).select_from(LogEntry)) == size_of(database)
    assert epoch(database) > ENOUGH


def epoch(database: Engine) -> int:
    """How often the lease has changed hands."""
    with Session(database) as session:
        return session.scalars(select(LogState.epoch)).one()
