"""What a round asks besides its verdict."""

from tests.support.world import World
from tests.workflow.engine.pages.opened import page


def test_the_questions_offer_the_parties_and_sections_they_mean(world: World) -> None:
    ref = world.programme("lead_group")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "lead_acceptance", who, "accept")

    (convenor,) = page(world, ref, "lead_confirmation", "elena.petrova").questions

    assert convenor.options["convenor"] == (("ind", "India"), ("tha", "Thailand"))
