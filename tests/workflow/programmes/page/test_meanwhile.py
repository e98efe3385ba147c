"""What falls due while a programme is suspended is listed on its page and at the terminal, and opens as it goes on."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF, begun, below, part
from tests.workflow.engine.cases.test_by_schedule import DATED, dated, on
from tests.workflow.programmes.page.test_children import page
from workflow.programmes.page.meanwhile import StoppedRound, meanwhile_of

DATES = {"starts": "2026-03-02", "ends": "2027-05-31"}


def pausing() -> dict[str, Any]:
    """The lifecycle with quarterly reports, which can be suspended and resumed."""
    raw = dated(part=DATED)
    raw["states"]["c"] = {**raw["states"]["b"], "label": "Suspended", "pauses": True}
    for key, here, there in (("pause", "b", "c"), ("resume", "c", "b")):
        raw["rules"][key] = {**raw["rules"]["start"], "verdicts": {
            "go": {**raw["rules"]["start"]["verdicts"]["go"], "outcome": "go"}
        }}  # fmt: skip
        opens = "on initiative" if key == "pause" else "on entry"
        raw["rounds"][key] = {
            **raw["rounds"]["start"], "label": key, "rule": key, "states": [here], "opens": opens,
            "outcomes": {"go": there},
        }  # fmt: skip
    raw["rounds"]["closing"]["within"] = {"amount": 30, "unit": "days"}
    return raw


def stopped(world: World) -> World:
    """A programme that was suspended as its first quarter began."""
    begun(world, part(), pausing())
    world.file(REF, "paper", OFFICER, DATES)
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "pause", OFFICER, "go")
    return world


@pytest.fixture
def suspended(world: World) -> World:
    """The same half a year later."""
    on(stopped(world), 2026, 9, 10)
    return world


def test_it_lists_the_rounds_whose_clocks_stand_still_and_what_is_owed(suspended: World) -> None:
    found = page(suspended, REF).besides.meanwhile

    assert found is not None
    assert found.rounds == (StoppedRound("closing", datetime(2026, 4, 1, 12, tzinfo=UTC)),)
    assert [(each.label, str(each.opens_on)) for each in found.cases] == [
        ("Report", "2026-06-02"), ("Report", "2026-09-02"),
    ]  # fmt: skip
    assert below(suspended) == []


def test_what_it_lists_opens_as_the_programme_goes_on(suspended: World) -> None:
    suspended.answer(REF, "resume", OFFICER, "go")
    on(suspended, 2026, 9, 11)

    assert page(suspended, REF).besides.meanwhile is None
    assert len(below(suspended)) == 2


def test_nothing_is_listed_of_what_runs_or_is_not_there(world: World) -> None:
    begun(world, part(), pausing())

    assert page(world, REF).besides.meanwhile is None
    with world.engine.reading() as session:
        assert meanwhile_of(session, world.engine, "NONE") is None
