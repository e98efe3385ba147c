"""Several workers before one heap of deadlines: each is settled once, and none is left."""

import json
from contextlib import ExitStack

import pytest
from sqlalchemy import ColumnElement, func, select

from benchmarks.cloning import Cloner
from tests.support.programs import module
from tests.support.sizes import sized
from tests.support.waiting import PATIENCE
from tests.support.world import World
from workflow.audit.models import Event
from workflow.engine.models import Deadline, LifecycleCase, Round

FEW, WORKERS = sized(12, 500), 4
# Of each two due rows one settles a round, and one tells people that theirs is late.
HEAPS = sized(5, 500), sized(50, 5_000), sized(500, 50_000)
# What one of many may take more than one of few, on a machine that does other things.
MOST_GROWN = 1.5
# Seconds that one deadline may take on a machine that is busy with ten other things.
A_DEADLINE = 0.2


def late(world: World, count: int, name: str = "LATE") -> None:
    """So many consultations whose time is up, and as many screenings of which nobody was told yet."""
    refs = world.programme("consultation"), world.programme("screening")
    with world.engine.database.begin() as connection:
        for number, ref in enumerate(refs):
            Cloner(connection, ref).clone(
                f"{name}-{number}-{each:06d}" for each in range(count - 1)
            )
        connection.exec_driver_sql("analyze")
    world.clock.pass_time(days=31)


def swept_by(world: World, workers: int, count: int) -> list[dict[str, float]]:
    """What each of some processes did, all at the same heap at once."""
    words = ("tests.reliability.sweeping", world.url, world.clock.at.isoformat())
    with ExitStack() as running:
        begun = [running.enter_context(module(*words)) for _ in range(workers)]
        patience = PATIENCE + count * A_DEADLINE
        return [json.loads(each.said()) for each in begun if each.ended(patience) == 0]


def counted(world: World, *of: ColumnElement[bool]) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).where(*of)) or 0


def settled_by(world: World, name: str) -> list[int]:
    """How often time settled something now of each copy with this name of which it did."""
    often = select(func.count()).join_from(Event, LifecycleCase)
    often = often.where(Event.type == "round.settled", Event.at >= world.clock.at)
    with world.engine.reading() as session:
        copies = often.where(LifecycleCase.ref.startswith(f"{name}-"))
        return list(session.scalars(copies.group_by(Event.case_id)))


def swept(world: World, count: int, name: str = "LATE") -> float:
    """Hold that several workers do each row of such a heap once; seconds of processor for each."""
    late(world, count, name)

    done = swept_by(world, WORKERS, count)

    now = world.clock.at
    print(f"{2 * count:,} due, each worker: {done}")
    assert len(done) == WORKERS
    assert settled_by(world, name) == [1] * (count - 1)
    # What an earlier heap has opened since may be due again.
    settled = sum(each["settled"] for each in done)
    assert settled == counted(world, Event.type == "round.settled", Event.at >= now) >= count
    told = sum(each["told"] for each in done)
    assert told == counted(world, Deadline.done_at >= now) >= count
    assert counted(world, Round.acts_at <= now) == 0
    return sum(each["seconds"] for each in done) / (settled + told)


@pytest.mark.processes
@pytest.mark.proof
def test_four_workers_do_each_of_a_heap_of_deadlines_once(postgresql_house_url: str) -> None:
    world = World(postgresql_house_url)

    swept(world, FEW)

    world.close()


@pytest.mark.processes
@pytest.mark.proof(alone=True)
def test_a_hundred_times_as_many_deadlines_take_a_hundred_times_the_processor(
    postgresql_house_url: str,
) -> None:
    world = World(postgresql_house_url)

    spent = [swept(world, count, f"HEAP{count}") for count in HEAPS]

    print(f"seconds of processor for each row of {HEAPS} of either kind: {spent}")
    assert spent[1] <= MOST_GROWN * spent[0]
    assert spent[2] <= MOST_GROWN * spent[1]
    world.close()
