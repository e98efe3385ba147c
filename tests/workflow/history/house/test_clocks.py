"""Events about clocks as a reader of the register finds them."""

from datetime import timedelta

from tests.support.world import World
from tests.workflow.history.test_reader import OFFICER, lines
from workflow.people.register import REGISTER
from workflow.timekeeping import records
from workflow.timekeeping.doubts import Doubt, DoubtKind


def test_the_register_says_what_a_clock_said_and_who_confirmed_it(world: World) -> None:
    now = world.engine.now()
    doubt = Doubt(DoubtKind.LEAP, now + timedelta(days=40), now)
    with world.engine.transaction() as session:
        records.note_doubt(session, "here", doubt)

    with world.engine.transaction() as session:
        records.confirm(session, world.person(OFFICER), now)

    told = lines(world, REGISTER)
    assert str(told["clock.doubted"].says).startswith("A clock was in doubt")
    assert str(told["clock.confirmed"].says) == "Jane Okello confirmed a clock that was in doubt"
    assert str(told["clock.confirmed"].under[0]).startswith("It said 2026-04-1")
