"""Whatever the lifecycle: a person is shown exactly what the engine would take from them."""

from tests.support.chance.cases import random_case
from tests.support.sizes import SEED, sized
from tests.support.world import World

FEW, CASES = 2, 500
# A round that somebody may open who has no part in the case yet was refused to them as a page.
ONCE_WRONG = (16, 221, 377)


def test_what_is_shown_is_what_the_engine_accepts_for_everybody(world: World) -> None:
    wrong = []
    for number in (*ONCE_WRONG, *range(sized(FEW, CASES))):
        case = random_case(world, SEED * CASES + number)
        tries = case.imaginable()
        for person in filter(case.knows, case.people()):
            shown = case.shown(person)
            accepted = {act for act in tries if case.accepts(person, act)}
            if shown != accepted:
                wrong.append((number, person, shown - accepted, accepted - shown))
            ready, waiting = case.queued(person)
            able = case.answerable(person, accepted)
            written = case.with_own_papers(person, waiting | ready)
            if ready != able | written:
                wrong.append((number, person, ready - able - written, (able | written) - ready))

    assert wrong == []
