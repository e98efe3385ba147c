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
from workflow.engine.models import Deadline, Round

DUE, WORKERS = sized(12, 50_000), 4
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


@pytest.mark.processes
@pytest.mark.proof
def test_four_workers_do_each_of_a_heap_of_deadlines_once(postgresql_house_url: str) -> None:
    world = World(postgresql_house_url)
    late(world, DUE)

    done = swept_by(world, WORKERS, DUE)

    now = world.clock.at
    print(f"{2 * DUE} due, each worker: {done}")
    assert len(done) == WORKERS
    assert sum(each["settled"] for each in done) == DUE
    assert counted(world, Event.type == "round.settled", Event.at >= now) == DUE
    told = counted(world, Deadline.done_at >= now)
    assert sum(each["told"] for each in done) == told >= DUE
    assert counted(world, Round.acts_at <= now) == 0
    world.close()


@pytest.mark.processes
@pytest.mark.proof(alone=True)
def test_ten_times_as_many_deadlines_take_ten_times_the_processor(
    postgresql_house_url: str,
) -> None:
    world, spent = World(postgresql_house_url), []
    for count in (DUE // 10, DUE):
        late(world, count, f"HEAP{count}")
        done = swept_by(world, WORKERS, count)
        assert sum(each["settled"] for each in done) == count
        spent.append(sum(each["seconds"] for each in done) / count)

    print(f"seconds of processor for each of {DUE // 10} and of {DUE} deadlines: {spent}")
    assert spent[1] <= MOST_GROWN * spent[0]
    world.close()
