"""Who was reached, has seen it and was reminded stands on the page of the round, for whoever takes part."""

from datetime import timedelta

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.engine.commands.settle_due import sweep

OFFICER, INDIA, BRAZIL, STRANGER = "jane.okello", "priya.menon", "paulo.sa", "ingrid.solberg"


def test_the_officer_reads_who_was_reached_who_saw_it_and_who_was_reminded(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    address = f"/programmes/{ref}/rounds/consultation/1"
    world.answer(ref, "consultation", BRAZIL, "support")
    enter(INDIA).page("/notices")

    before = words(enter(OFFICER).get(address))
    world.clock.at += timedelta(days=24)
    sweep(world.engine)
    after = words(enter(OFFICER).get(address))
    outside = words(enter(STRANGER).get(address))

    assert "4 asked, 4 reached, " in before
    assert "0 reminded, 1 answered." in before
    assert "3 reminded, 1 answered." in after
    assert "Priya Menon, told " in after
    assert "reminded" in after
    assert "4 asked" not in outside
