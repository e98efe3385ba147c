"""Clocks that leap under a worker that runs: nothing is decided, it is told, and it goes on when it may."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.programs import Program
from tests.support.set_clocks import SetClock
from tests.support.world import World
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.clock import utc_now
from workflow.engine.models import LifecycleCase, Round
from workflow.tasks import port
from workflow.timekeeping import records
from workflow.tlog.verify import verify_log

pytestmark = [pytest.mark.processes, pytest.mark.proof(apart=True)]

LEAP = timedelta(days=40)
# What a programme lives through until it is consulted on, and some.
LIVED = timedelta(days=15)
ADA = "jane.okello@demo.example"


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    """A consultation that has just begun, by the true time."""
    made = World(house_url, utc_now() - LIVED)
    made.programme("consultation")
    assert made.clock.at < utc_now(), "Its life until here took longer than is known of it."
    port.migrate(house_url)
    yield made
    made.close()


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path)


def state(world: World) -> tuple[str, str]:
    """How the consultation and its programme stand."""
    with world.engine.reading() as session:
        settled = session.scalars(select(Round.status).where(Round.key == "consultation")).one()
        case = session.scalars(
            select(LifecycleCase.state).where(LifecycleCase.definition_id.is_not(None))
        ).one()
    return settled, case


def in_doubt(world: World) -> bool:
    with world.engine.reading() as session:
        return bool(records.doubts(session))


def right_at(world: World) -> object:
    """When a sweep last found the clock right."""
    with world.engine.reading() as session:
        return session.scalar(select(func.max(records.MachineClock.right_at)))


def swept_anew(worker: Program, world: World) -> None:
    """Wait for another sweep by a clock that is right."""
    before = right_at(world)
    worker.until(lambda: right_at(world) != before and not in_doubt(world), lambda: right_at(world))


def measured(what: str, wait: Callable[[], object]) -> None:
    begun = time.monotonic()
    wait()
    print(f"{what}: {time.monotonic() - begun:.1f} s")


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("by", [LEAP, -LEAP], ids=["forward", "back"])
def test_a_leap_decides_nothing_and_work_goes_on_when_it_is_over(
    world: World, clock: SetClock, tmp_path: Path, by: timedelta
) -> None:
    before = state(world)

    with clock.started("worker", home=tmp_path, database_url=world.url) as worker:
        swept_anew(worker, world)
        clock.set(by)
        measured("a leap is seen after", lambda: worker.until(lambda: in_doubt(world)))
        with clock.started("status", home=tmp_path, database_url=world.url) as status:
            told = status.ended(), status.said()
        during = state(world)
        clock.set(timedelta())
        measured("settled again after", lambda: swept_anew(worker, world))

    assert (told[0], "The clock of this machine" in told[1]) == (1, True)
    assert before == during == state(world) == ("open", "consultation")
    with world.engine.reading() as session:
        newest = session.scalars(select(func.max(Event.at))).one()
        count = session.scalar(select(func.count()).where(Event.type == "clock.doubted"))
    assert (count, newest < utc_now() + timedelta(minutes=2)) == (1, True)
    assert verify(world.engine.database).sound
    assert verify_log(world.engine.database).sound


@pytest.mark.proof(either=True)
def test_a_leap_that_a_person_confirms_settles_each_deadline_once(
    world: World, clock: SetClock, tmp_path: Path
) -> None:
    home = {"home": tmp_path, "database_url": world.url}
    with clock.started("worker", **home) as worker:
        swept_anew(worker, world)
        clock.set(LEAP)
        worker.until(lambda: in_doubt(world))
        with clock.started("clock", "confirm", "--by", ADA, **home) as confirm:
            confirmed = confirm.ended(), confirm.said()
        worker.until(lambda: state(world)[0] == "settled", lambda: state(world))
        swept_anew(worker, world)

    assert (confirmed[0], confirmed[1][:13]) == (0, "Confirmed: it")
    with world.engine.reading() as session:
        settled = session.scalars(
            select(func.count()).where(Event.type == "round.settled").group_by(Event.case_id)
        ).all()
        told = session.scalars(select(Event.person_id).where(Event.type == "clock.confirmed"))
        assert told.all() == [world.person("jane.okello")]
    assert len(settled) == 1
    assert verify(world.engine.database).sound
