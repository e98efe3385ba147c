"""Halted acts: a process that really stands still lets go of its programme, and everybody hears of it."""

import signal
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from tests.support.programs import Program, module
from tests.support.waiting import until
from tests.support.world import World
from workflow.background.halted import HaltedActs
from workflow.database import connect
from workflow.health.facts import Installation, facts
from workflow.health.findings import findings
from workflow.health.heartbeats import Heartbeats, Work

STANDS = text(
    "select count(*) from pg_stat_activity where datname = current_database() "
    "and wait_event = 'ClientRead' and backend_xid is not null"
)
HELD = text("select id from lifecycle_case where ref = :ref for update nowait")


@pytest.fixture
def world(postgresql_house_url: str) -> Iterator[World]:
    made = World(postgresql_house_url)
    yield made
    made.close()


def standing(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(STANDS) or 0


def free(world: World, ref: str) -> bool:
    database = connect(world.url)
    with database.connect() as connection:
        connection.execute(HELD, {"ref": ref})
        connection.rollback()
    database.dispose()
    return True


def halted_in(world: World, process: Program) -> bool:
    process.until(lambda: standing(world) == 1)
    return True


@pytest.mark.processes
def test_an_act_whose_process_stands_still_is_let_go_of_and_told(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    ref = world.programme("screening")
    ran = [0.0]
    beats = Heartbeats(world.engine.database, "one", world.clock, lambda: ran[0])
    soon = HaltedActs(world.engine, beats, 0.5, lambda: ran[0])

    with module("tests.workflow.background.standing_still", world.url, ref) as process:
        halted_in(world, process)
        HaltedActs(world.engine, beats, 3600).let_go()
        before = standing(world)
        until(lambda: soon.let_go() and standing(world) == 0, saying=process.said)
        after = free(world, ref)
        process.process.send_signal(signal.SIGCONT)

    (found,) = [
        each for each in findings(facts(world.engine, Installation())) if each.work is Work.RELEASE
    ]
    assert (before, after) == (1, True)
    assert "stood still in the middle of an act begun at" in str(found.said)
    assert [each for each in caplog.messages if each.startswith("An act is let go of: connection")]
    ran[0] = 3700
    soon.let_go()
    assert all(
        each.work is not Work.RELEASE for each in findings(facts(world.engine, Installation()))
    )


def test_what_works_or_only_reads_is_left_alone(world: World) -> None:
    beats = Heartbeats(world.engine.database, "one", world.clock)
    stranger = connect(f"{world.url}?application_name=report")

    with (
        world.engine.reading() as reader,
        stranger.connect() as other,
        world.engine.transaction() as working,
    ):
        for each in (reader, working, other):
            each.execute(text("select count(*) from person"))
        other.execute(text("update person set purpose = purpose"))
        HaltedActs(world.engine, beats, 0.000001).let_go()
        counted = [each.scalar(text("select count(*) from person")) for each in (reader, other)]

    assert counted[0] == counted[1] > 0
    stranger.dispose()
