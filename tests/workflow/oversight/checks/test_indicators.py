"""Results that were altered behind the product are told, and follow the texts again."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.results.measured import a_measured_programme, actual, line, report, seen
from workflow.oversight.checks.lists import astray, make_follow

ALTERED = (
    "UPDATE indicator SET baseline = '5'",
    "UPDATE indicator SET code = code || '1'",
    "DELETE FROM indicator_target",
    "UPDATE reported_actual SET value = '240'",
    "UPDATE reported_actual SET of_which = '30'",
    "DELETE FROM reported_actual",
    "UPDATE reported_period SET support = 6",
    "UPDATE reported_period SET period_to = '2030-01-01'",
)


@pytest.mark.proof(sample=3)
@pytest.mark.parametrize("statement", ALTERED)
def test_what_was_altered_is_told_and_follows_again(world: World, statement: str) -> None:
    joint = a_measured_programme(world)
    report(joint, "ago", actual("1.1", "30"))
    clean = astray(world.engine).results
    with world.engine.database.begin() as connection:
        connection.execute(text(statement))

    found = astray(world.engine)
    make_follow(world.engine, found)

    assert clean == ()
    assert {each.sentence for each in found.differences} == {
        "Its results are not what its filed texts say."
    }
    assert astray(world.engine).differences == []
    told = line(seen(joint), "1.1").standing.actual
    assert told is not None
    assert told.value == 30
