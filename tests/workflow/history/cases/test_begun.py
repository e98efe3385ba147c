"""Histories tell of cases under others: on the one above, and on their own."""

from tests.support.world import World
from tests.workflow.engine.cases.family import ALL, KIND, OFFICER, REF, above, begun, part
from workflow.history.filters import HistoryFilters
from workflow.history.reader import selection


def lines(world: World, ref: str) -> list[str]:
    """The sentences of a history, as an officer of the house reads it, with what stands under them."""
    person, now = world.person(OFFICER), world.engine.now()
    with world.engine.reading() as session:
        found = selection(
            session, world.engine, ref, person=person, now=now, filters=HistoryFilters()
        )
    return ["; ".join(map(str, (each.says, *each.under))) for each in found]


def test_a_case_tells_what_was_opened_under_it_and_when_its_wait_is_over(world: World) -> None:
    begun(world, part(), above(ALL, part={**KIND, "for_each": "beneficiary"}))
    world.answer(REF, "start", OFFICER, "go")
    for number in (1, 2):
        world.answer(f"{REF}.{number}", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")

    told = lines(world, REF)

    assert "Part of Angola opened: FAM-1.1" in told
    assert "Part of Mozambique opened: FAM-1.2" in told
    assert "What “closing” waited for has ended: it can be answered" in told


def test_a_case_under_another_one_tells_of_which_it_is_a_part(world: World) -> None:
    begun(world, part(), above(part=KIND))
    world.answer(REF, "start", OFFICER, "go")

    first, *_ = lines(world, f"{REF}.1")

    assert first.startswith(
        "Opened as a part of FAM-1; Mozambique speaks for it; lifecycle “Small”"
    )


def test_it_tells_that_it_ended_with_the_other(world: World) -> None:
    child = part()
    child["states"]["y"]["overtaken_by_parent"] = True
    begun(world, child, above(part={**KIND, "ends_with": True}))
    world.answer(REF, "start", OFFICER, "go")

    world.answer(REF, "closing", OFFICER, "close")

    assert lines(world, f"{REF}.1")[-1] == (
        "State: A → Y; because FAM-1, of which it is a part, ended"
    )
