"""Pull patterns: how people choose what to do."""

from tests.support.world import World
from tests.workflow.engine.test_commands import trail
from tests.workflow.patterns.asking import queued
from workflow.engine.waiting import Filters


def test_wrp_23_resource_initiated_execution_offered_work_item(world: World) -> None:
    """Any holder signs straight from the shared queue, in one act that takes it from all."""
    ref = world.programme("screening")

    world.answer(ref, "screening", "jane.okello", "open_consultation")

    assert (ref, "screening") not in queued(world, "ravi.chand")
    assert trail(world, ref).count("signoff.given") == 2


def test_wrp_24_system_determined_work_queue_content(world: World) -> None:
    """A queue is ordered by what is due first."""
    refs = []
    for _ in range(2):
        refs.append(world.programme("screening"))
        world.clock.pass_time(days=3)

    assert [ref for ref, _ in queued(world, "jane.okello")] == refs


def test_wrp_25_resource_determined_work_queue_content(world: World) -> None:
    """People narrow their own queue, and a filter never shows what is not theirs."""
    ref = world.programme("screening")
    screening, other = Filters(text="nurses"), Filters(text="cocoa")

    narrowed = [queued(world, "jane.okello", each) for each in (screening, other)]

    assert narrowed == [[(ref, "screening")], []]
    assert queued(world, "tom.becker", screening) == []


def test_wrp_26_selection_autonomy(world: World) -> None:
    """What is due later may be answered first."""
    first = world.programme("screening")
    world.clock.pass_time(days=3)
    second = world.programme("screening")

    world.answer(second, "screening", "jane.okello", "open_consultation")

    assert [world.state(ref) for ref in (first, second)] == ["screening", "consultation"]
