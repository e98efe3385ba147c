"""The worker: beside the pages in one process, or in processes of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.programs import serving, started
from tests.support.world import World
from tests.web.conftest import SECRET
from workflow.engine.models import Deadline, Round
from workflow.notices.models import Notice
from workflow.tasks import port

pytestmark = pytest.mark.processes


@pytest.fixture
def overdue(house_url: str) -> Iterator[World]:
    """A consultation whose time was up long ago by the clock of the worker."""
    world = World(house_url)
    world.programme("consultation")
    yield world
    world.close()


def status(world: World) -> str:
    """How the consultation stands."""
    with world.engine.reading() as session:
        return session.scalars(select(Round.status).where(Round.key == "consultation")).one()


@pytest.mark.proof(either=True)
@pytest.mark.proof(apart=True)
def test_a_worker_settles_what_is_due_and_stops_when_told(overdue: World, tmp_path: Path) -> None:
    port.migrate(overdue.url)

    with started("worker", home=tmp_path, database_url=overdue.url) as worker:
        worker.until(lambda: status(overdue) == "settled", lambda: status(overdue))
        ended, said = worker.stopped(), worker.said()

    assert (ended, said.splitlines()[-1]) == (0, "Stopped; nothing is left half done.")


@pytest.mark.parametrize("house_url", ["sqlite"], indirect=True)
def test_the_one_process_works_beside_its_pages(overdue: World, tmp_path: Path) -> None:
    settings = {"database_url": overdue.url, "secret_key": SECRET}

    with serving("run", home=tmp_path, **settings) as (_, server):
        server.until(lambda: status(overdue) == "settled", lambda: status(overdue))
        ended = server.stopped()

    assert ended == 0
    with overdue.engine.reading() as session:
        assert session.scalars(select(Deadline.id).where(Deadline.done_at.is_(None))).all() == []
        assert session.scalars(select(Notice.id).where(Notice.kind == "round_settled")).all()
