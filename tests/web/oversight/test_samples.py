"""Samples of events: drawn by a seed that stays, and told on the register."""

import re

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.oversight.test_pages import AUDITOR, in_words, rows
from workflow.clock import written


def test_a_sample_without_a_seed_gets_one_that_stays(world: World, enter: Enter) -> None:
    world.programme("consultation")
    marie = enter(AUDITOR)

    first = marie.get("/oversight/sample?n=5")
    address = first.headers["Location"]
    pages = [marie.page(address), marie.page(address)]

    assert re.search(r"seed=[0-9a-f]{16}", address)
    drawn = [re.findall(r'<li id="event-(\d+)"', page) for page in pages]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 5
    file = rows(marie, address.replace("/sample?", "/sample/sample.csv?"))
    assert [row["place"] for row in file] == ["1", "2", "3", "4", "5"]


def test_every_new_seed_is_told_on_the_register(world: World, enter: Enter) -> None:
    world.programme("screening")
    marie, through = enter(AUDITOR), written(world.engine.now())
    world.clock.pass_time(minutes=1)

    for seed in ("one", "two", "two"):
        marie.get(f"/oversight/sample?seed={seed}&n=3&through={through}")

    told = in_words(marie.page("/oversight/access"))
    assert told.count("as a sample") == 2
    assert "with the seed “one”" in told
