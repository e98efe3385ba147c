"""Rounds brought up by hand: told to the escalation office, once, by those whom the definition names."""

from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.notices.test_outbox import told
from workflow.engine import commands
from workflow.engine.commands import EscalateRound
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal, RoundClosed


def bring_up(
    world: World, ref: str, who: str = "jane.okello", key: str = "screening", why: str = "Stuck."
) -> None:
    command = EscalateRound(ref, key, why, world.version(ref), uuid4().hex)
    commands.escalate(world.engine, world.person(who), command)


def test_a_round_is_brought_before_its_escalation_office_before_it_is_late(world: World) -> None:
    ref = world.programme("screening")

    bring_up(world, ref)

    assert trail(world, ref)[-1] == "round.escalated"
    assert {who for who, _, _ in told(world, ref, "escalation")} == {"elena.petrova"}


@pytest.mark.parametrize(
    ("who", "key", "why", "refusal"),
    [
        ("paulo.sa", "screening", "Stuck.", NotAuthorised),
        ("jane.okello", "screening", " ", Invalid),
        ("jane.okello", "consultation", "Stuck.", NotFound),
        ("jane.okello", "endorsement", "Stuck.", RoundClosed),
    ],
)
def test_a_round_is_not_brought_up_anyhow(
    world: World, who: str, key: str, why: str, refusal: type[Refusal]
) -> None:
    ref = world.programme("screening")
    before = trail(world, ref)

    with pytest.raises(refusal):
        bring_up(world, ref, who, key, why)

    assert trail(world, ref) == before


def test_a_round_is_brought_up_once(world: World) -> None:
    ref = world.programme("screening")
    bring_up(world, ref)

    with pytest.raises(RoundClosed, match="already"):
        bring_up(world, ref)
