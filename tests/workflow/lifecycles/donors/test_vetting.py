"""The vetting of a partner is carried to each of its ends."""

from tests.support.world import World
from tests.workflow.partners.vetted import (
    ASSURER,
    DIRECTOR,
    MERIDIAN,
    NORWAY,
    OFFICER,
    Vetted,
    enter_meridian,
    listed,
    vetted,
)


def test_a_partner_is_refused_and_told_so(world: World) -> None:
    listed(world)
    enter_meridian(world)
    case = Vetted(world, MERIDIAN).decided()
    held = case.state
    case.answer(OFFICER, "telling", "told", "By letter of today.")

    assert (held, case.state) == ("refusal", "refused")


def test_two_end_it_before_its_day(world: World) -> None:
    listed(world)
    case = vetted(world)
    case.open(OFFICER, "ending", "It was fined.")
    for who in (ASSURER, DIRECTOR):
        case.answer(who, "ending", "end", "It was fined.")

    assert case.state == "ended"


def test_nobody_renews_it(world: World) -> None:
    listed(world)
    case = vetted(world, days=100)
    case.answer(OFFICER, "renewing", "lapse", "It gives no more.")

    assert case.state == "lapsed"


def test_it_is_given_up_before_anybody_decided(world: World) -> None:
    listed(world)
    case = Vetted(world, NORWAY)
    case.answer(OFFICER, "giving_up", "give_up", "It gives no more.")

    assert case.state == "withdrawn"
