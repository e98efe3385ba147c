"""What of a case is held against another version: answers that were changed as well as those that stand."""

import pytest

from tests.support.world import World
from tests.workflow.engine.lifecycles import drop
from tests.workflow.engine.migration.second_version import moving, seen, version
from workflow.engine.migration.migrate import rehearse

WITHOUT = version(drop("rules/consultation_positions/verdicts/no_position"))


@pytest.mark.parametrize(("first", "fits"), [("no_position", False), ("lead", True)])
def test_an_answer_that_was_changed_needs_its_place_since_pages_show_it(
    world: World, first: str, *, fits: bool
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", first)
    world.answer(ref, "consultation", "priya.menon", "support")

    (tried,) = rehearse(world.engine, seen(world, ref), moving(world, WITHOUT))

    assert tried.moves is fits
    if not fits:
        assert "can no longer be given" in str(tried.reasons[0])
