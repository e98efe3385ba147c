"""Jobs by their kinds: what keeps one act keeps no other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.erasure.acts import holding
from tests.workflow.sharing.shared import NAME, consent, listed
from workflow.background import jobs
from workflow.background.jobs import CHECK, EVERY, INDEX, SHARING, Jobs
from workflow.clock import utc_now
from workflow.errors import ClockInDoubt
from workflow.health.heartbeats import Work
from workflow.sharing.content import EXPERT
from workflow.sharing.models import SharedEntry
from workflow.tasks import port
from workflow.tasks.port import Job, Tasks
from workflow.timekeeping.timekeeper import Timekeeper


@pytest.fixture
def tasks(world: World) -> Iterator[Tasks]:
    port.migrate(world.url)
    tasks = Tasks(world.url)
    yield tasks
    tasks.close()


def fail(*_given: object) -> None:
    raise KeyError("an event that nobody can read")


def test_an_event_that_cannot_be_indexed_keeps_no_check_from_being_made(
    world: World, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[Work, bool]] = []
    monkeypatch.setattr(jobs, "catch_up_wholly", fail)
    by_kind = Jobs(
        world.engine, tasks, None, lambda kind, fault: noted.append((kind, fault is None))
    ).by_kind()

    with pytest.raises(KeyError):
        by_kind[INDEX]({})
    by_kind[CHECK]({})

    assert noted == [(Work.INDEXER, False), (Work.CHECK, True)]


def test_everything_that_comes_round_is_a_job(world: World, tasks: Tasks) -> None:
    by_kind = Jobs(world.engine, tasks, None, lambda _kind, _fault: None).by_kind()

    assert {each.job for each in EVERY} <= by_kind.keys()


def test_a_consent_that_ended_and_a_year_that_is_over_come_round(
    world: World, tasks: Tasks
) -> None:
    solution, expert = listed(world), listed(world, EXPERT, agreed=consent())
    world.clock.at += timedelta(days=366)
    by_kind = Jobs(world.engine, tasks, None, lambda _kind, _fault: None).by_kind()

    by_kind[SHARING]({})

    with world.engine.reading() as session:
        states = dict(session.execute(select(SharedEntry.id, SharedEntry.state)).all())
    assert states == {solution: "lapsed", expert: "withdrawn"}
    assert holding(world, NAME) == set()


def test_a_clock_in_doubt_keeps_everything_back_but_the_index(world: World, tasks: Tasks) -> None:
    ran = [0.0]
    world.clock.at = utc_now()
    world.engine.kept_by(Timekeeper(world.engine.database, world.clock, ran=lambda: ran[0]))
    world.engine.refuse_doubt()
    world.clock.pass_time(days=40)
    by_kind = Jobs(world.engine, tasks, None, lambda _kind, _fault: None).by_kind()

    refused = [kind for kind, job in by_kind.items() if refuses(job)]

    assert sorted(refused) == sorted(by_kind.keys() - {INDEX})


def refuses(job: Job) -> bool:
    try:
        job({"notices": []})
    except ClockInDoubt:
        return True
    return False
