"""How much waits: exact while it is little, and never counted further than is told."""

from dataclasses import replace

import pytest

from tests.support.world import World
from tests.workflow.engine.queue.test_page import OFFICER, many_seats, page
from workflow.engine.queue import tally
from workflow.engine.queue.tally import Choices, Count, Tally, choices
from workflow.vocabulary import STAGES


@pytest.mark.parametrize(
    ("counted", "told"),
    [(0, Count()), (12, Count(12)), (1000, Count(1000)), (1001, Count(1000, more=True))],
)
def test_a_count_says_where_there_are_more(counted: int, told: Count) -> None:
    assert Count.of(counted) == told


def test_counts_of_several_offices_add_up_to_one_that_keeps_what_is_more() -> None:
    assert Count(3) + Count(1000, more=True) == Count(1003, more=True)
    assert not Count(0)


def test_what_more_waits_than_is_told_is_counted_no_further(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.programme("screening")
    many_seats(world, 9)
    monkeypatch.setattr(tally, "MOST_TOLD", 4)

    found = page(world, OFFICER)

    assert found.tally.total == Count(4, more=True)
    assert len(found.rows) == 10


def test_the_choices_are_what_waits_or_everything_where_too_much_does(world: World) -> None:
    world.programme("screening")
    exact = page(world, OFFICER)
    much = Tally(Count(1000, more=True), Count(), Count(), ())

    with world.engine.reading() as session:
        every = choices(session, (), much, "beneficiary")
        none = choices(session, (), replace(much, total=Count()), "beneficiary")

    assert exact.choices == Choices(("proposal",), ("AGO", "MOZ"))
    assert every.stages == STAGES
    assert {"AGO", "BRA", "MOZ"} <= set(every.countries)
    assert none == Choices()
