"""Pull patterns: how people choose what to do."""

from datetime import timedelta

import pytest

from tests.support.world import World
from tests.workflow.engine.commands.test_claim import claims, hand_over, screen, take
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.patterns.asking import held_since, queued
from workflow.engine.queue.query import QueueFilters
from workflow.errors import ConflictOfDuties


def test_wrp_21_resource_initiated_allocation(world: World) -> None:
    """Somebody takes a seat without answering yet; the others see who has it and keep away."""
    ref = world.programme("screening")

    take(world, ref)

    assert claims(world) == [("jane.okello", "")]
    with pytest.raises(ConflictOfDuties, match="Jane Okello has taken this seat"):
        screen(world, ref, "ravi.chand")


def test_wrp_22_resource_initiated_execution_allocated_work_item(world: World) -> None:
    """Whoever was given a seat answers it when they choose; since when it was theirs is kept."""
    ref = world.programme("screening")
    given = world.engine.now()
    hand_over(world, ref, "elena.petrova", "ravi.chand")
    world.clock.pass_time(days=2)

    screen(world, ref, "ravi.chand")

    assert held_since(world, ref) == given
    assert world.engine.now() - given == timedelta(days=2)
    assert world.state(ref) == "consultation"


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
    screening, other = QueueFilters(text="nurses"), QueueFilters(text="cocoa")

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
