"""Positions so far, as the page of a round lists them."""

import re

from tests.support.visitors import Enter
from tests.support.world import World
from workflow.reference import reference

PRIYA = "priya.menon"


def test_why_a_country_is_asked_is_said_in_names_and_not_in_keys(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")

    page = enter(PRIYA).page(f"/programmes/{ref}/rounds/consultation/1")

    said = re.findall(r"registered interest: ([^<]+)", page)
    assert said
    assert not set(reference().areas) & {each.strip() for each in said}
