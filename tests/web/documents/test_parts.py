"""A consolidated report in the browser, beside what its countries reported."""

import pytest

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.results.measured import (
    MANAGER,
    a_measured_programme,
    actual,
    owed,
    report,
    until,
)


@pytest.fixture
def whole(world: World) -> str:
    """The report of a joint programme that is to be written, of which one of two countries has reported."""
    joint = a_measured_programme(world)
    report(joint, "ago", actual("1.1", "30"))
    until(joint, 2027, 1, 10)
    return owed(joint)[""]


def test_while_it_is_written_and_on_its_page_it_stands_beside_what_the_countries_said(
    whole: str, world: World, enter: Enter
) -> None:
    manager = enter(MANAGER)
    form = manager.page(f"/programmes/{whole}/documents/report/edit/money")
    world.file(whole, "report", MANAGER, {"summary": "All is well.", "received": "1", "spent": "1"})

    page = manager.page(f"/programmes/{whole}/documents/report")

    assert "Reports of the parts beside this one" in form
    assert "No figure differs" in form
    assert "Not accepted yet:" in form
    assert "2 figures differ" in page
    assert "Not given" in page
