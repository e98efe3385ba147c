"""The checklists of one case, for whoever asks on the command line: each round that has one, as it stands."""

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF, below
from tests.workflow.engine.checklists.listed import MONEY, PARTS, running
from workflow.closures.checklist import checklists_of
from workflow.errors import NotFound


def stands(world: World, ref: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each round with its lines."""
    with world.engine.reading() as session:
        found = checklists_of(session, world.engine, ref)
    return [
        (label, [(each.line.key, each.standing.value) for each in lines]) for label, lines in found
    ]


def test_each_line_stands_as_it_does_by_now(world: World) -> None:
    running(world, PARTS, MONEY)
    before = stands(world, REF)
    for ref in below(world):
        world.answer(ref, "task", OFFICER, "done")

    assert before == [("closing", [("parts", "open"), ("money", "not applicable")])]
    assert stands(world, REF) == [("closing", [("parts", "met"), ("money", "not applicable")])]


def test_a_lifecycle_without_one_has_none_and_a_case_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="There is no case NONE"):
        stands(world, "NONE")
    running(world)
    assert stands(world, REF) == []
