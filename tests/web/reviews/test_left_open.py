"""Whoever may end a programme reads what is still open of it: cases under it, and money that is left or to come."""

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts
from tests.workflow.lifecycles.shipped.joint import AUTHORITIES, DIRECTOR, Joint
from workflow.ledger.accounts import MoneyAct


@pytest.fixture
def joint(world: World) -> Joint:
    """A joint programme of two countries that runs."""
    found = Joint(world)
    found.signed()
    return found


def test_the_parts_that_are_open_and_the_money_stand_beside_the_decision(
    joint: Joint, enter: Enter
) -> None:
    world, address = joint.world, f"/programmes/{joint.ref}/initiatives/cancelling"
    before = told(enter(DIRECTOR).page(address))
    counts(world, joint.ref, MoneyAct.COMMITMENT, "300000", source="nor")
    counts(world, joint.ref, MoneyAct.RECEIPT, "120000", source="nor")

    said = told(enter(DIRECTOR).page(address))

    assert "What is still open" in before
    assert "No money is left, and none is to come." in before
    assert f"Country's part, {joint.ref}.1, Angola Running" in said
    assert "Norway USD 120,000 180,000" in said


def test_whoever_is_heard_reads_it_too(joint: Joint, enter: Enter) -> None:
    joint.open(DIRECTOR, "cancelling", "The fund was closed.")

    said = told(enter(AUTHORITIES["moz"]).page(f"/programmes/{joint.ref}/rounds/cancelling/1"))

    assert "What is still open" in said
    assert "“The fund was closed.”" in said


def test_nothing_is_listed_where_nothing_can_end(joint: Joint, enter: Enter) -> None:
    address = f"/programmes/{joint.ref}/initiatives/asking_for_an_amendment"

    assert "What is still open" not in enter("beatriz.costa").page(address)
