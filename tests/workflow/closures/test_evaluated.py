"""What of its evaluations keeps a programme open is measured: evaluations under way, and actions that came of them."""

from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    OFFICER,
    Evaluated,
    ended,
    running,
)
from tests.workflow.lifecycles.shipped.test_follow_up import DONE
from workflow.closures.evaluated import evaluations_followed_up
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.children.checklist import Measured


def measured(world: World, ref: str) -> Measured:
    with world.engine.reading() as session:
        (case,) = session.query(LifecycleCase.id).where(LifecycleCase.ref == ref).one()
        return evaluations_followed_up(session, [case], world.clock().date())[case]


def left(world: World, ref: str) -> list[tuple[str, str]]:
    return [(str(each.said), each.ref) for each in measured(world, ref).left]


def followed_up(evaluation: Evaluated) -> None:
    world = evaluation.world
    for number, who in ((1, AGENCY), (2, OFFICER)):
        ref = f"{evaluation.ref}.{number}"
        world.answer(ref, "planning", who, "plan")
        world.file(ref, "action_end", who, DONE)
        world.answer(ref, "reporting", who, "report")
        world.answer(ref, "accepting", ASSURER, "accept")
    evaluation.answer(ASSURER, "ending", "end")


def test_what_was_not_evaluated_is_not_measured(world: World) -> None:
    assert measured(world, running(world).ref).why_not is not None


def test_open_evaluations_and_actions_are_listed_until_they_have_ended(world: World) -> None:
    evaluation = ended(world)
    programme, title = evaluation.programme.ref, "Final evaluation: Soil laboratories for the Sahel"
    first = left(world, programme)
    evaluation.accepted()
    evaluation.answer(ASSURER, "publishing", "publish")
    second = left(world, programme)
    world.clock.at = world.clock.at.replace(year=2027, month=7)
    third = left(world, programme)

    assert first == [(f"{title} is in “Terms of reference”", evaluation.ref)]
    assert second == [
        (f"{title} is in “Follow-up”", evaluation.ref),
        ("Key action 1: Extend the contracts is due on 2027-06-30", f"{evaluation.ref}.1"),
        ("Key action 2: Share it in the South is due on 2027-09-30", f"{evaluation.ref}.2"),
    ]
    assert third[1][0] == "Key action 1: Extend the contracts is overdue since 2027-06-30"


def test_nothing_is_left_once_all_have_ended(world: World) -> None:
    evaluation = ended(world)
    evaluation.accepted()
    evaluation.answer(ASSURER, "publishing", "publish")
    followed_up(evaluation)

    found = measured(world, evaluation.programme.ref)
    assert (found.looked_at, found.left, found.why_not) == (3, (), None)
