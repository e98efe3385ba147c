"""The demo's house behind the pages, on either database, at the true time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET, Enter, signed_in
from tests.support.world import World
from web.health.readings import KEY
from workflow.clock import utc_now
from workflow.health.heartbeats import Heartbeats, Work
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.people.register import registered
from workflow.people.sweep import sweep
from workflow.revision import RevisionWatch
from workflow.timekeeping.timekeeper import Timekeeper
from workflow.tlog.store.heads import state_heads
from workflow.tlog.store.sequencer import Sequencer

OFFICER, DIRECTOR, AUDITOR, SUBMITTER = (
    "jane.okello", "elena.petrova", "marie.laurent", "joao.lima",
)  # fmt: skip


class House(World):
    """A world at the true time, whose clock is watched beside seconds that only run on."""

    def __init__(self, url: str) -> None:
        super().__init__(url, utc_now())
        self.begun = self.clock.at
        self.ran = 0.0
        self.engine.tables = RevisionWatch(self.engine.database)

    def watch(self) -> None:
        """Have the clock watched."""
        self.engine.kept_by(
            Timekeeper(self.engine.database, self.engine.clock, ran=lambda: self.ran)
        )

    def leap(self, days: float) -> None:
        """Set the clock, without that any time has passed."""
        self.clock.at += timedelta(days=days)

    def work(self) -> None:
        """Do all there is to do behind the pages, and say so."""
        sequencer = Sequencer(self.engine.database, "one", self.engine.clock)
        while sequencer.work():
            pass
        catch_up_wholly(self.engine)
        check_if_due(self.engine)
        with self.engine.transaction() as session:
            state_heads(session, registered, self.engine.now())
            sweep(session, self.engine.now())
        told = Heartbeats(self.engine.database, "one", self.engine.clock)
        for work in Work:
            told.worked(work)


@pytest.fixture
def world(house_url: str) -> Iterator[House]:
    made = House(house_url)
    yield made
    made.close()


@pytest.fixture
def app(world: House, tmp_path: Path) -> Flask:
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    app = an_app(settings, world.engine)
    forget(app)
    return app


@pytest.fixture
def enter(app: Flask, world: House) -> Enter:
    return lambda key: signed_in(app, world, key)


def forget(app: Flask) -> None:
    """Let what was found lately be long ago."""
    app.extensions.pop(KEY, None)
