"""The worker: beside the pages in one process, or in processes of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.web.cli.test_serve import started
from tests.web.conftest import SECRET
from workflow.engine.models import Deadline, Round
from workflow.notices.models import Notice
from workflow.tasks import port


@pytest.fixture
def overdue(house_url: str) -> World:
    """A consultation whose time was up long ago by the clock of the worker."""
    world = World(house_url)
    world.programme("consultation")
    return world


def settled(world: World, seconds: float = 60) -> bool:
    """Wait for the consultation to be settled by somebody else."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with world.engine.reading() as session:
            status = session.scalars(select(Round.status).where(Round.key == "consultation")).one()
        if status == "settled":
            return True
        time.sleep(0.3)
    return False


def test_a_worker_settles_what_is_due_and_stops_when_told(overdue: World, tmp_path: Path) -> None:
    port.migrate(overdue.url)
    environment = os.environ | {
        "PRIMEMOVER_HOME": str(tmp_path),
        "PRIMEMOVER_DATABASE_URL": overdue.url,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", "worker"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    done = settled(overdue)
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=30)[0]

    assert done, said
    assert (process.returncode, said.splitlines()[-1]) == (0, "Stopped; nothing is left half done.")
    overdue.close()


@pytest.mark.parametrize("house_url", ["sqlite"], indirect=True)
def test_the_one_process_works_beside_its_pages(overdue: World, tmp_path: Path) -> None:
    settings = {"database_url": overdue.url, "secret_key": SECRET}

    with started("run", home=tmp_path, **settings) as (_, process):
        done = settled(overdue)
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=30)[0]

    assert done, said
    assert process.returncode == 0
    with overdue.engine.reading() as session:
        assert session.scalars(select(Deadline.id).where(Deadline.done_at.is_(None))).all() == []
        assert session.scalars(select(Notice.id).where(Notice.kind == "round_settled")).all()
    overdue.close()
