"""The demonstration in a process of its own, and people who walk through it in a browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Server, serving
from tests.browser.walkers import Walkers
from tests.support import chromium
from tests.support.demonstration import settle
from tests.support.world import NURSES
from workflow.database import connect
from workflow.demo import path
from workflow.demo.play import Hand, Play

HERE = Path(__file__).parent
# Long enough for all steps to lie in office hours, short enough for no time to be up.
AGO = timedelta(days=10)
# In the demonstration these two have an interest as well, and so are asked with the countries of the story.
AS_WELL = {"li.wei": ("no_position", ""), "thandi.nkosi": ("no_position", "")}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `make quick` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The arguments of pytest-playwright with our executable and its environment."""
    return {**browser_type_launch_args, **chromium.find().launch_arguments()}


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, loaded once and served until the last of these tests."""
    home = tmp_path_factory.mktemp("home")
    settle(home)
    with serving(home) as server:
        yield server


@pytest.fixture(scope="package")
def everybody(server: Server, browser: Browser) -> Iterator[Walkers]:
    """The browsers of all people, kept open from test to test."""
    walkers = Walkers(browser, server.address)
    yield walkers
    walkers.close()


@pytest.fixture
def walker(everybody: Walkers) -> Iterator[Walkers]:
    """Everybody's browsers; what a page did wrong after its last step fails the test as well."""
    yield everybody
    assert not everybody.faults()


Begin = Callable[[str, str], str]


@pytest.fixture
def begin(play: Play) -> Begin:
    """Brings a programme of this title to this state by commands; returns its reference."""

    def bring(title: str, state: str) -> str:
        play.clock.at = datetime.now(UTC) - AGO
        texts = {**NURSES.texts, "proposal": {**NURSES.texts["proposal"], "title": title}}
        positions = {**NURSES.positions, **AS_WELL}
        story = replace(NURSES, texts=texts, pace=0, positions=positions)
        ref = path.begin(play, story)
        path.carry(play, ref, story, state)
        play.clock.at = datetime.now(UTC)
        return ref

    return bring


@pytest.fixture
def play(server: Server) -> Iterator[Play]:
    """Commands on the database behind the pages, to bring a programme to where a test begins."""
    play = Play(connect(server.database_url), Hand(datetime.now(UTC)))
    yield play
    play.engine.database.dispose()
