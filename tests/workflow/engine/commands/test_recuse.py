"""Stepping back from a seat."""

from uuid import uuid4

from tests.support.world import World
from workflow.engine import commands
from workflow.engine.commands import RecuseSeat


def test_a_recused_seat_leaves_the_denominator(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("priya.menon", "somchai.chaiyasit", "aisyah.rahman"):
        world.answer(ref, "consultation", who, "lead")
    paulo = world.person("paulo.sa")
    seat = world.seat(ref, "consultation", paulo)
    assert seat is not None
    command = RecuseSeat(
        ref, "consultation", seat, "My sister runs it.", world.version(ref), uuid4().hex
    )

    receipt = commands.recuse(world.engine, paulo, command)

    assert receipt.outcome == "passed"
    assert world.state(ref) == "lead_group"
