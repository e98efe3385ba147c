"""What countries share is listed as it was confirmed, or a check says so and it is made to follow again."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.sharing.shared import BRAZIL, listed
from tests.workflow.sharing.test_word import titles
from workflow.erasure.withdrawal import withdraw
from workflow.oversight.checks.lists import astray, make_follow
from workflow.sharing.content import EXPERT, INSTITUTION

SAID = "What countries share is not listed as it was confirmed."


def told(world: World) -> set[str]:
    return {each.sentence for each in astray(world.engine).differences}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shared_entry SET title = 'Bought' WHERE id = 1",
        "UPDATE shared_entry SET search_text = 'bought' WHERE id = 1",
        "UPDATE shared_entry SET institution_id = 2 WHERE id = 1",
        "DELETE FROM shared_facet WHERE facet = 'area'",
        "INSERT INTO shared_facet VALUES (1, 'area', 'trade')",
        "INSERT INTO shared_facet VALUES (3, 'area', 'trade')",
    ],
)
def test_what_was_altered_is_told_and_follows_again(world: World, statement: str) -> None:
    listed(world)
    listed(world, INSTITUTION)
    withdraw(world.engine, world.person(BRAZIL), listed(world, EXPERT))
    before = told(world)

    with world.engine.transaction() as session:
        session.execute(text(statement))
    after = told(world)
    make_follow(world.engine, astray(world.engine))

    assert (before, after, told(world)) == (set(), {SAID}, set())
    assert titles(world, area="hiv-aids", text="milk") == ["Human milk banks"]
    assert titles(world, area="trade") == []
