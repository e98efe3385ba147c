"""Everybody signed in reads in words how one version of a lifecycle differs from another."""

from pathlib import Path

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import from_tables, load_file

STANDARD = load_file(Path("config/lifecycles/programme-standard.toml"))
SECOND = from_tables(
    edited(
        put("version", "6"),
        put("states/screening/label", "First look"),
        put("rounds/screening/within/amount", 11),
    ),
    "second.toml",
)
FIRST_MARK, SECOND_MARK = STANDARD.mark, SECOND.mark
ADDRESS = f"/lifecycles/{STANDARD.key}/versions/{FIRST_MARK}/difference/{SECOND_MARK}"


@pytest.fixture
def changed(world: World) -> World:
    """A house with a second version of the standard, and a programme that is being screened."""
    world.programme("screening")
    publish(world.engine, SECOND)
    return world


def test_the_difference_is_told_in_words_with_what_waits(changed: World, enter: Enter) -> None:
    page = told(enter("li.wei").get(ADDRESS))

    assert "may now be answered for 11 working days" in page
    assert "1 open case waits in it" in page
    assert "The state “Screening” is now called “First look”." in page


def test_the_versions_of_a_lifecycle_lead_to_it(changed: World, enter: Enter) -> None:
    page = enter("li.wei").get(f"/lifecycles/{STANDARD.key}")

    assert ADDRESS in page.text


def test_nothing_differs_from_itself(changed: World, enter: Enter) -> None:
    page = enter("li.wei").get(ADDRESS.replace(SECOND_MARK, FIRST_MARK))

    assert "Nothing differs." in told(page)


def test_a_draft_that_a_reader_may_not_know_of_is_not_counted(world: World, enter: Enter) -> None:
    world.programme("draft")
    publish(world.engine, SECOND)

    page = told(enter("li.wei").get(ADDRESS))

    assert "0 open cases that you may see follow version 5." in page


@pytest.mark.parametrize("mark", ["x", "9"])
def test_what_there_is_not_is_said(changed: World, enter: Enter, mark: str) -> None:
    assert enter("li.wei").get(ADDRESS.replace(SECOND_MARK, mark)).status_code == 404
