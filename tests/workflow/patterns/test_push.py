"""Push patterns: how and when work reaches people."""

from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.commands.test_claim import hand_over, screen
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.patterns.asking import after, queued, round_
from workflow.engine import commands
from workflow.engine.commands import RecuseSeat
from workflow.errors import ConflictOfDuties, RoundClosed


def test_wrp_12_distribution_by_offer_single_resource(world: World) -> None:
    """A seat is asked of one office, which may step back from it with a reason."""
    ref, priya = world.programme("consultation"), world.person("priya.menon")
    seat = world.seat(ref, "consultation", priya) or 0

    wish = RecuseSeat(ref, "consultation", seat, "We wrote it.", world.version(ref), uuid4().hex)
    commands.recuse(world.engine, priya, wish)

    seat_state = round_(world, ref, "consultation").seat(seat)
    assert seat_state is not None
    assert seat_state.status == "recused"


def test_wrp_13_distribution_by_offer_multiple_resources(world: World) -> None:
    """A consultation asks every pivotal country at once, each on a seat of its own."""
    ref = world.programme("consultation")

    asked = [who for who in ("priya.menon", "somchai.chaiyasit", "paulo.sa")
             if (ref, "consultation") in queued(world, who)]  # fmt: skip

    assert len(asked) == 3
    assert len({seat.party_key for seat in round_(world, ref, "consultation").seats}) >= 3


def test_wrp_14_distribution_by_allocation_single_resource(world: World) -> None:
    """The head of the office names who answers a seat, and nobody else does."""
    ref = world.programme("screening")

    hand_over(world, ref, "elena.petrova", "ravi.chand")

    with pytest.raises(ConflictOfDuties, match="Ravi Chand has taken this seat"):
        screen(world, ref, "jane.okello")
    assert screen(world, ref, "ravi.chand").outcome == "open_consultation"


def test_wrp_19_distribution_on_enablement(world: World) -> None:
    """Seats stand in queues from the very transaction that enters their state."""
    ref = world.programme("screening")

    world.answer(ref, "screening", "jane.okello", "open_consultation")

    assert after(trail(world, ref), "state.entered") == ["round.opened"]
    assert (ref, "consultation") in queued(world, "priya.menon")


def test_wrp_20_late_distribution(world: World) -> None:
    """A round may be held back until another has been heard or its time is up."""
    ref = world.programme("consultation")

    with pytest.raises(RoundClosed, match="This waits until"):
        world.answer(ref, "consultation_closing", "elena.petrova", "fails", "It stands.")
