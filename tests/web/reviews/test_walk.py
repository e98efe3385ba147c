"""Going through one's queue on the pages: next, previous, where one is, in the filter it was left in."""

import html

from tests.support.visitors import Enter
from tests.support.world import World

OFFICER = "jane.okello"


def test_a_decision_leads_to_the_next_and_back_and_says_where_one_is(
    world: World, enter: Enter
) -> None:
    first, second = world.programmes("screening", "screening")
    jane = enter(OFFICER)

    here = jane.page(f"/programmes/{first}/rounds/screening/1")
    there = jane.page(f"/programmes/{second}/rounds/screening/1")

    assert "1 of my 2" in here
    assert f'href="/programmes/{second}/seats/' in here
    assert "2 of my 2" in there
    assert f'href="/programmes/{first}/seats/' in there


def test_the_filter_of_the_queue_is_kept_on_the_way(world: World, enter: Enter) -> None:
    first, second = world.programmes("screening", "screening")
    jane = enter(OFFICER)

    queue = html.unescape(jane.page("/queue?stage=proposal"))
    here = jane.page(f"/programmes/{first}/rounds/screening/1?stage=proposal")
    step = here.split(f'href="/programmes/{second}/seats/')[1].split('"')[0]
    led = jane.get(f"/programmes/{second}/seats/{step}")

    assert "&stage=proposal" in queue
    assert "no. 1 of those chosen" in here
    assert step.endswith("?stage=proposal")
    assert "stage=proposal" in led.headers["Location"]


def test_a_page_that_waits_for_somebody_else_is_in_no_queue(world: World, enter: Enter) -> None:
    world.programmes("screening", "screening")

    page = enter("tom.becker").page("/programmes/SSC-2026-001/rounds/screening/1")

    assert "of my" not in page
