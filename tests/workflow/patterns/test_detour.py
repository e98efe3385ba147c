"""Detour patterns: work that leaves the straight way."""

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.engine.commands.test_claim import claims, give_back, hand_over, screen, take
from tests.workflow.engine.commands.test_sign import decision, trail
from tests.workflow.engine.permissions.test_mandates import mandate
from tests.workflow.notices.test_outbox import told
from tests.workflow.patterns.asking import queued, round_
from workflow.demo import suspensions
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import SignOff
from workflow.errors import RoundClosed

HEARD = ("graca.mabunda", "domingos.neto", "arjun.mehta", "carla.duarte", "sipho.dlamini")


def test_wrp_27_delegation(world: World) -> None:
    """Somebody answers for the holder of an office under a dated mandate; the record shows both."""
    ref = world.programme("screening")
    given = mandate(world, "jane.okello", "paulo.sa")

    wish = decision(world, ref, "screening", "open_consultation")
    commands.sign(world.engine, world.person("paulo.sa"), wish)

    with world.engine.reading() as session:
        answer = session.scalars(select(SignOff).order_by(SignOff.id.desc()).limit(1)).one()
    assert (answer.person_id, answer.mandate_id) == (world.person("paulo.sa"), given)
    assert world.state(ref) == "consultation"


def test_wrp_28_escalation(world: World) -> None:
    """A round that is late is brought before the office that its definition names."""
    ref = world.programme("screening")
    world.clock.pass_time(days=40)

    sweep(world.engine)

    assert "elena.petrova" in {who for who, _, _ in told(world, ref, "escalation")}


def test_wrp_29_deallocation(world: World) -> None:
    """A seat is given back, with a reason, and waits for everybody of the office again."""
    ref = world.programme("screening")
    take(world, ref)

    give_back(world, ref)

    assert trail(world, ref)[-1] == "seat.released"
    assert screen(world, ref, "ravi.chand").outcome == "open_consultation"


def test_wrp_30_stateful_reallocation(world: World) -> None:
    """A seat is handed to a colleague with a reason; all that was filed and said stays with it."""
    ref = world.programme("screening")
    take(world, ref)
    before = trail(world, ref)

    hand_over(world, ref, "jane.okello", "ravi.chand")

    assert trail(world, ref) == [*before, "seat.reassigned"]
    assert claims(world)[-1] == ("ravi.chand", "")
    assert round_(world, ref, "screening").content["documents"]["proposal"]["version"] == 1


def carried_out(world: World, ref: str, key: str) -> None:
    """Open a hearing, hear everybody and let the Director carry it out."""
    suspensions.propose(world, ref, key, "The road is closed.")
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, key, who, "agree")
    suspensions.decide(world, ref, key, "For the reason given.")


def test_wrp_32_suspension_resumption(world: World) -> None:
    """A suspended programme stops its clocks; resumed, its rounds go on with the time they had left."""
    ref = world.programme("active")

    carried_out(world, ref, "suspension")
    meanwhile = round_(world, ref, "completion")
    with pytest.raises(RoundClosed):
        world.answer(ref, "completion", "beatriz.costa", "finish")
    carried_out(world, ref, "resumption")
    after = round_(world, ref, "completion")

    assert (meanwhile.paused_for, after.paused_for) == ("state", "")
    assert (meanwhile.turn, after.turn, after.status) == (1, 1, "open")
    assert world.state(ref) == "active"


def test_wrp_33_skip(world: World) -> None:
    """The Director waives an evaluation with a reason; the trail says waived, not approved."""
    ref = world.programme("operational_closure")

    world.file(ref, "waiver", "elena.petrova", {"reasons": "Below the threshold."})

    receipt = world.answer(ref, "waiving", "elena.petrova", "waive")

    assert receipt.outcome == "waive"
    assert world.state(ref) == "operational_closure"


def test_wrp_34_redo(world: World) -> None:
    """A changed text voids the signatures over it, visibly, and asks for them again."""
    ref, text = world.programme("formulation"), NURSES.texts["project_document"]
    world.file(ref, "project_document", "kenji.watanabe", text)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    world.answer(ref, "endorsement", "graca.mabunda", "endorse")

    world.file(ref, "project_document", "kenji.watanabe", {**text, "strategy": "Ten provinces."})

    assert "signoff.voided" in trail(world, ref)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    assert (ref, "endorsement") in queued(world, "graca.mabunda")
