"""What lists and searches go by is told of where somebody altered it, and made to follow again."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.tlog.writing import place_all
from workflow.oversight.checks.lists import astray
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.events.indexer import catch_up_wholly

LINE = "The list does not say of this programme what its row says."


def altered(world: World, statement: str) -> None:
    with world.engine.transaction() as session:
        session.execute(text(statement))


def told(world: World) -> set[str]:
    return {each.sentence for each in astray(world.engine).differences}


def test_what_the_database_keeps_by_itself_follows(world: World) -> None:
    for state in ("draft", "screening", "consultation"):
        world.programme(state)

    assert told(world) == set()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE listed_programme SET private = NOT private", LINE),
        ("UPDATE listed_programme SET title_key = 'another'", LINE),
        ("DELETE FROM listed_programme", LINE),
        (
            "DELETE FROM private_part",
            "Who may know of a private programme would not find it in a list.",
        ),
        (
            "INSERT INTO portfolio_change (stage, private, number) VALUES ('end', false, 500)",
            "The numbers of programmes are not those of the list.",
        ),
        (
            "UPDATE facet_progress SET through = 999999",
            "Events of the log would never be found by a search.",
        ),
    ],
)
def test_what_was_altered_is_told_and_follows_again_after_the_check(
    world: World, statement: str, sentence: str
) -> None:
    world.programme("draft")
    world.programme("screening")
    altered(world, statement)

    before = told(world)
    checked = check_if_due(world.engine)

    assert (before, checked, told(world)) == ({sentence}, True, set())


def test_events_that_were_passed_over_are_found_after_the_check(world: World) -> None:
    world.programme("screening")
    place_all(world.engine.database)
    altered(world, "UPDATE facet_progress SET through = (SELECT size FROM log_state)")
    assert catch_up_wholly(world.engine) == 0

    check_if_due(world.engine)

    assert catch_up_wholly(world.engine) > 0
