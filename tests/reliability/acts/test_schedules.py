"""Cases that a schedule opens while workers and a person act at once, or the machine dies: each once, and none is lost."""

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

import pytest

from tests.reliability.dying import AFTER_THE_COMMIT, POINTS
from tests.reliability.interleaving import Act, at_once
from tests.support.programs import module
from tests.support.sizes import sized
from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, above, below, part, told
from tests.workflow.engine.cases.test_by_schedule import Q1, Q2, QUARTERLY, periods, running
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.engine.rounds.decision import Decision

# Each is tried on one of the two databases in every run, and on both in a long proof.
pytestmark = pytest.mark.proof(either=True)
TIMES = sized(4, 40)
# Two periods have ended by then.
LATER = datetime(2026, 9, 15, tzinfo=UTC)
REFS = (f"SCHEDULE-{number}" for number in count(1))


def due(world: World) -> str:
    """A case that owes two reports."""
    began = world.clock.at
    ref = running(world, part(), above(report=QUARTERLY), ref=next(REFS))
    world.clock.at = LATER
    assert began < LATER
    return ref


def answering(world: World, ref: str, verdict: str) -> Act:
    """The officer's answer from a page that is opened now, sent when it is called."""
    engine, officer = world.another_engine(), world.person(OFFICER)
    seat = world.seat(ref, "closing", officer)
    wish = Decision(ref, "closing", verdict, world.version(ref), uuid4().hex, seat)
    return lambda: commands.sign(engine, officer, wish)


@pytest.mark.parametrize(("verdict", "leads_to"), [("back", "a"), ("close", "z")])
def test_two_workers_and_somebody_who_leaves_its_state_open_each_period_once(
    world: World, verdict: str, leads_to: str
) -> None:
    one, other = world.another_engine(), world.another_engine()
    began, came = world.clock.at, []
    for _ in range(TIMES):
        world.clock.at = began
        ref = due(world)

        acts = [lambda: sweep(one), lambda: sweep(other), answering(world, ref, verdict)]
        done = at_once(acts)
        sweep(world.engine)

        answer = type(done[2]).__name__
        came.append(answer)
        assert answer in {"Receipt", "Stale"}, done
        assert periods(world, ref) == [Q1, Q2]
        assert told(world, ref).count("case.child_opened") == 2
        assert world.state(ref) == (leads_to if answer == "Receipt" else "b")
    print(f"Of {TIMES} races the person won {came.count('Receipt')}.")
    assert verify(world.engine.database).sound


@pytest.mark.processes
@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_has_opened_all_that_was_due_or_nothing(
    world: World, point: str
) -> None:
    ref = due(world)

    with module("tests.reliability.acts.opening", world.url, LATER.isoformat(), point) as dying:
        killed = dying.ended()
    found = below(world, ref)
    checked = verify(world.engine.database)
    sweep(world.engine)

    assert killed == -9
    assert len(found) == (2 if point == AFTER_THE_COMMIT else 0)
    assert checked.sound
    assert periods(world, ref) == [Q1, Q2]
    assert told(world, ref).count("case.child_opened") == 2
    assert verify(world.engine.database).sound
