"""Finding different people for tasks: what is found holds, and nothing is missed or guessed."""

from itertools import product
from random import Random

import pytest

from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.separation import assigned


def drawn(random: Random, tasks: int, people: int, share: float) -> tuple[list[int], list[int]]:
    """Who can do each of some tasks, and which must be somebody else's."""
    able = [sum(1 << p for p in range(people) if random.random() < 0.6) for _ in range(tasks)]
    apart = [0] * tasks
    for one in range(tasks):
        for other in range(one):
            if random.random() < share:
                apart[one] |= 1 << other
                apart[other] |= 1 << one
    return able, apart


def holds(able: list[int], apart: list[int], people: tuple[int, ...]) -> bool:
    everybody = range(len(able))
    return all(able[at] >> people[at] & 1 for at in everybody) and all(
        people[one] != people[other]
        for one in everybody
        for other in everybody
        if apart[one] >> other & 1
    )


def test_it_says_what_trying_everybody_says() -> None:
    random, seen = Random(7), set[bool]()
    for _ in range(400):
        able, apart = drawn(random, random.randint(1, 6), random.randint(1, 4), 0.5)
        every = product(range(4), repeat=len(able))

        found = assigned(able, apart, SearchEffort())

        seen.add(found is not None)
        assert (found is not None) == any(holds(able, apart, people) for people in every)
        assert found is None or holds(able, apart, found)
    assert seen == {True, False}


def test_one_person_too_few_for_sixty_tasks_is_seen_at_once() -> None:
    everybody = (1 << 59) - 1
    apart = [((1 << 60) - 1) & ~(1 << at) for at in range(60)]

    found = assigned([everybody] * 60, apart, SearchEffort(200_000))

    assert found is None
    assert assigned([everybody] * 59 + [1 << 59], apart, SearchEffort(200_000)) is not None


def test_what_takes_too_long_is_not_guessed() -> None:
    _, apart = drawn(Random(3), 60, 1, 0.5)
    everybody = [(1 << 9) - 1] * 60

    with pytest.raises(BeyondEffort):
        assigned(everybody, apart, SearchEffort(20_000))
