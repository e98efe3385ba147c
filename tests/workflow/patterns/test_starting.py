"""Auto-start and multiple-resource patterns: work that begins by itself, and side by side."""

from datetime import timedelta

from tests.support.world import World
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.patterns.asking import queued, round_
from workflow.engine.queue import batch


def test_wrp_36_commencement_on_creation(world: World) -> None:
    """The clock of a consultation starts as it opens, with nobody looking at it."""
    ref = world.programme("consultation")

    found = round_(world, ref, "consultation")

    assert found.due_at is not None
    assert timedelta(days=29) < found.due_at - found.opened_at < timedelta(days=32)


def test_wrp_38_piled_execution(world: World) -> None:
    """The signing folder lays the same step of several programmes in one sitting, act by act."""
    refs = [world.programme("consultation") for _ in range(3)]
    priya = world.person("priya.menon")
    seats = [world.seat(ref, "consultation", priya) or 0 for ref in refs]

    with world.engine.reading() as session:
        items = batch.items(session, world.engine, priya, seats, world.engine.now())
    before = [trail(world, item.ref).count("signoff.given") for item in items]
    for item in items:
        world.answer(item.ref, item.round_key, "priya.menon", "support")

    given = [trail(world, item.ref).count("signoff.given") for item in items]
    assert [item.ref for item in items] == refs
    assert given == [count + 1 for count in before]


def test_wrp_42_simultaneous_execution(world: World) -> None:
    """One officer has several programmes open at once, and answers each on its own."""
    refs = [world.programme("screening") for _ in range(2)]

    both = queued(world, "jane.okello")
    for ref in refs:
        world.answer(ref, "screening", "jane.okello", "open_consultation")

    assert both == [(ref, "screening") for ref in refs]
    assert [world.state(ref) for ref in refs] == ["consultation", "consultation"]
