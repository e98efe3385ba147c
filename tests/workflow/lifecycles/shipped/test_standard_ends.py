"""How a standard programme is suspended, reviewed and cancelled: with a notice that those concerned read, and a day."""

from datetime import timedelta

import pytest

from tests.support.world import NURSES, World
from tests.workflow.engine.pages.opened import page
from tests.workflow.lifecycles.shipped.carrying import due_of
from workflow.audit.verification.verify import verify
from workflow.demo import suspensions
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Incomplete, Refusal

DIRECTOR, MANAGER, OFFICER = suspensions.DIRECTOR, "beatriz.costa", "jane.okello"
CANCELLED = {
    "reason": "The ministry withdrew its staff.",
    "payments": [
        {"payee": "Open university", "purpose": "tutors", "amount": "12000", "due": "2027-03-31"}
    ],
    "reports": [{"report": "Report of the last year", "owner": "UNDP", "due": "2027-03-31"}],
    "assets": [{"asset": "Tablets", "receiver": "Ministry of Health", "due": "2027-04-30"}],
    "unused": "4000",
    "disposal": "returned",
}


def suspended(world: World, state: str = "active") -> str:
    """A programme that was suspended after everybody concerned was heard."""
    ref = world.programme(state)
    suspensions.propose(world, ref, "suspension", "The road is closed.")
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, "suspension", who, "agree")
    suspensions.decide(world, ref, "suspension", "As heard.")
    return ref


def test_it_is_suspended_with_a_notice_that_everybody_who_is_heard_reads(world: World) -> None:
    ref = world.programme("active")
    suspensions.propose(world, ref, "suspension", "The road is closed.")

    for who in suspensions.heard_of(NURSES):
        text = page(world, ref, "suspension", who)
        assert "suspension_notice" in [each.key for each in text.documents], who
        world.answer(ref, "suspension", who, "agree")
    suspensions.decide(world, ref, "suspension", "As heard.")

    assert {"kenji.watanabe", "priya.menon", "somchai.chaiyasit"} < {*suspensions.heard_of(NURSES)}
    assert world.state(ref) == "suspended"


def test_without_a_notice_nothing_is_suspended_or_cancelled(world: World) -> None:
    ref = world.programme("active")
    for key in ("suspension", "cancellation"):
        suspensions.ask(world, ref, key, "The road is closed.")
        with pytest.raises(Incomplete):
            suspensions.decide(world, ref, key, "At once.")

    assert world.state(ref) == "active"


def test_a_review_is_due_on_the_day_of_the_notice_and_told_of_when_it_is_late(
    world: World,
) -> None:
    ref = suspended(world)
    due = due_of(world, ref, "reviewing")
    day = (world.clock() - timedelta(minutes=1) + suspensions.UNTIL_REVIEW).date()
    world.clock.pass_time(days=82)
    sweep(world.engine)

    assert due is not None
    assert (due - timedelta(days=1)).date() == day
    assert world.state(ref) == "suspended"


@pytest.mark.parametrize("state", ["inception", "active"])
def test_a_suspension_is_prolonged_as_often_as_it_must_and_then_ends(
    world: World, state: str
) -> None:
    ref = suspended(world, state)
    world.answer(ref, "reviewing", DIRECTOR, "prolong", "The bridge is not built.")
    for _ in range(2):
        due = due_of(world, ref, "reviewing_again")
        assert due is not None
        assert due - world.clock() <= timedelta(days=91)
        with pytest.raises(Refusal):
            world.answer(ref, "reviewing_again", OFFICER, "resume", "It is built.")
        world.answer(ref, "reviewing_again", DIRECTOR, "prolong", "The bridge is half built.")
    assert world.state(ref) == "suspended"

    world.answer(ref, "reviewing_again", DIRECTOR, "resume", "The bridge is built.")

    assert world.state(ref) == "active"
    assert verify(world.engine.database).sound


def test_a_second_suspension_has_a_notice_of_its_own(world: World) -> None:
    ref = suspended(world)
    world.answer(ref, "reviewing", DIRECTOR, "resume", "The bridge is built.")
    world.clock.pass_time(days=100)
    suspensions.ask(world, ref, "suspension", "The bridge fell.")
    with pytest.raises(Incomplete) as refused:
        suspensions.decide(world, ref, "suspension", "On the old notice.")
    assert "That day is past" in str(refused.value.missing)
    suspensions.notify(world, ref, "suspension", "The bridge fell.")
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, "suspension", who, "agree")

    suspensions.decide(world, ref, "suspension", "As heard.")

    assert world.state(ref) == "suspended"


@pytest.mark.parametrize("state", ["signature", "inception", "active", "suspended"])
def test_it_is_cancelled_with_a_notice_of_what_is_owed(world: World, state: str) -> None:
    ref = suspended(world) if state == "suspended" else world.programme(state)
    world.file(ref, "cancellation_notice", DIRECTOR, CANCELLED)
    suspensions.ask(world, ref, "cancellation", "The ministry withdrew.")
    for who in suspensions.heard_of(NURSES):
        text = page(world, ref, "cancellation", who)
        assert "cancellation_notice" in [each.key for each in text.documents], who
        world.answer(ref, "cancellation", who, "agree")

    suspensions.decide(world, ref, "cancellation", "As heard.")

    assert world.state(ref) == "cancelled"
    assert verify(world.engine.database).sound


def test_money_is_moved_with_the_consent_of_whoever_gave_it_alone(world: World) -> None:
    ref = world.programme("active")
    world.file(ref, "cancellation_notice", DIRECTOR, {**CANCELLED, "disposal": "moved"})
    suspensions.ask(world, ref, "cancellation", "The ministry withdrew.")
    with pytest.raises(Incomplete) as refused:
        suspensions.decide(world, ref, "cancellation", "At once.")
    assert "say who consents and when" in str(refused.value.missing)
    consented = {**CANCELLED, "disposal": "moved", "consent": "India, on 2 May, for radio lessons."}
    world.file(ref, "cancellation_notice", DIRECTOR, consented)
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, "cancellation", who, "agree")

    suspensions.decide(world, ref, "cancellation", "As heard.")

    assert world.state(ref) == "cancelled"
