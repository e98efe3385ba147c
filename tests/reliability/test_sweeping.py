"""Several workers before one heap of deadlines: each is settled once, and none is left."""

import json
from collections import Counter
from contextlib import ExitStack
from typing import NamedTuple

import pytest
from sqlalchemy import ColumnElement, func, select

from benchmarks.cloning import Cloner
from tests.support.programs import module
from tests.support.sizes import sized
from tests.support.waiting import PATIENCE
from tests.support.world import World
from workflow.audit.envelope import read_event
from workflow.audit.events.rounds import RoundOpened, RoundSettled
from workflow.audit.models import Event
from workflow.engine.models import Deadline, LifecycleCase, Round

FEW, WORKERS = sized(12, 500), 4
# Of each two due rows one settles a round, and one tells people that theirs is late.
HEAPS = sized(5, 500), sized(50, 5_000), sized(500, 50_000)
# What one of many may take more than one of few, on a machine that does other things.
MOST_GROWN = 1.5
# Seconds that one deadline may take on a machine that is busy with ten other things.
A_DEADLINE = 0.2


class OfCase(NamedTuple):
    """A round of a case."""

    ref: str
    key: str
    turn: int


def late(world: World, count: int, name: str = "LATE") -> set[str]:
    """So many consultations whose time is up, and as many screenings of which nobody was told yet.

    Returns the references of those in consultation.
    """
    refs = {stage: world.programme(stage) for stage in ("consultation", "screening")}
    copies = {
        ref: [f"{name}-{stage}-{n:06d}" for n in range(count - 1)] for stage, ref in refs.items()
    }
    with world.engine.database.begin() as connection:
        for ref, named in copies.items():
            Cloner(connection, ref).clone(named)
        connection.exec_driver_sql("analyze")
    world.clock.pass_time(days=31)
    consulting = refs["consultation"]
    return {consulting, *copies[consulting]}


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


def due(world: World) -> set[OfCase]:
    """The open rounds on which time acts by now."""
    asked = select(LifecycleCase.ref, Round.key, Round.turn).join(Round)
    with world.engine.reading() as session:
        rows = session.execute(asked.where(Round.acts_at <= world.clock.at)).all()
    return {OfCase(*row) for row in rows}


def closed(world: World) -> Counter[OfCase]:
    """How often the trail says of each round that it was settled, from now on."""
    return told_of(world, RoundSettled)


def told_of(world: World, kind: type[RoundSettled | RoundOpened]) -> Counter[OfCase]:
    """How often the trail says this of each round, from now on."""
    asked = select(LifecycleCase.ref, Event.body).join(Event)
    asked = asked.where(Event.type == kind.event_type.value, Event.at >= world.clock.at)
    with world.engine.reading() as session:
        rows = session.execute(asked).all()
    said = ((ref, read_event(body).what) for ref, body in rows)
    return Counter(OfCase(ref, *what.place) for ref, what in said if isinstance(what, kind))


def swept(world: World, count: int, name: str = "LATE") -> float:
    """Hold that several workers do each row of such a heap once; seconds of processor for each.

    What an earlier heap has opened may be due as well by then, and what is settled late may open
    what is over at once: the trail names each of those, apart from the heap's own.
    """
    heap = late(world, count, name)
    before, now = due(world), world.clock.at

    done = swept_by(world, WORKERS, count)

    closings, opened = closed(world), told_of(world, RoundOpened)
    own = {each for each in closings if each.ref in heap}
    followed = closings.keys() - own
    print(f"{2 * count:,} due, {len(followed):,} that followed, each worker: {done}")
    assert len(done) == WORKERS
    assert [each for each, times in closings.items() if times != 1] == []
    assert own == {OfCase(ref, "consultation", 1) for ref in heap}
    assert followed <= before | opened.keys()
    assert sum(each["settled"] for each in done) == len(own) + len(followed)
    told = sum(each["told"] for each in done)
    assert told == counted(world, Deadline.done_at >= now) >= count
    assert counted(world, Round.acts_at <= now) == 0
    return sum(each["seconds"] for each in done) / (len(closings) + told)


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
