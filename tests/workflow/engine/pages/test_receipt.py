"""What a receipt tells, and whom."""

import pytest

from tests.support.world import World
from tests.workflow.engine.pages.opened import viewer
from tests.workflow.engine.pages.test_review import CHECKED
from workflow.engine.pages.receipt import receipt_page
from workflow.errors import NotFound


def test_a_receipt_tells_what_was_signed_and_what_it_settled(world: World) -> None:
    ref = world.programme("screening")
    signed = world.answer(ref, "screening", "jane.okello", "open_consultation", answers=CHECKED)

    with world.engine.reading() as session:
        found = receipt_page(viewer(world, session, ref, "jane.okello"), signed.seq)

    assert (found.verdict, found.hash, found.digest) == (
        "Eligible: consult the pivotal countries",
        signed.hash,
        signed.content,
    )
    assert found.settled
    assert found.onward.state == "Consultation of pivotal countries"
    assert found.party == "Special Unit for South-South Cooperation"


def test_a_receipt_of_an_open_round_tells_how_it_stands(world: World) -> None:
    ref = world.programme("decision")
    signed = world.answer(ref, "decision", "carla.duarte", "approve")

    with world.engine.reading() as session:
        found = receipt_page(viewer(world, session, ref, "carla.duarte"), signed.seq)

    assert not found.settled
    assert found.status == "open"
    assert str(found.why).startswith("1 of 3 seats answered")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("jane.okello", True), ("marie.laurent", True), ("ravi.chand", False), ("joao.lima", False)],
)
def test_a_receipt_is_for_its_signer_and_for_auditors(world: World, who: str, sees: bool) -> None:
    ref = world.programme("screening")
    signed = world.answer(ref, "screening", "jane.okello", "open_consultation", answers=CHECKED)

    with world.engine.reading() as session:
        if sees:
            assert receipt_page(viewer(world, session, ref, who), signed.seq).seq == signed.seq
        else:
            with pytest.raises(NotFound):
                receipt_page(viewer(world, session, ref, who), signed.seq)
