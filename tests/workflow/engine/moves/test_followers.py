"""Whose move follows where everybody has answered: nobody's before, and only of what waited for the round."""

from sqlalchemy import select

from tests.support.world import World
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.moves.followers import following


def test_only_what_waited_for_the_round_follows(world: World) -> None:
    ref = world.programme("consultation")
    columns = (Round.case_id, Round.key, LifecycleCase.state, LifecycleCase.definition_id)
    asked = (
        select(*columns).join(LifecycleCase).where(LifecycleCase.ref == ref, Round.status == "open")
    )
    with world.engine.reading() as session:
        row = session.execute(asked).one()
        definition = world.engine.definition(row.definition_id, session)

        found = following(session, definition, row, world.engine.now().date())

    assert [each.asks for each in found] == ["close the consultation"]
