"""A person of its own for each task is found wherever there is one."""

from itertools import permutations
from random import Random

from workflow.lifecycles.staffing.effort import SearchEffort
from workflow.lifecycles.staffing.matches import matched


def test_it_says_what_trying_every_order_says() -> None:
    random, seen = Random(3), set[bool]()
    for _ in range(400):
        tasks, people = random.randint(1, 5), random.randint(1, 5)
        able = [sum(1 << p for p in range(people) if random.random() < 0.4) for _ in range(tasks)]
        every = permutations(range(people), tasks)

        found = matched(able, SearchEffort())

        possible = any(all(able[at] >> who & 1 for at, who in enumerate(each)) for each in every)
        seen.add(possible)
        assert (found is not None) == possible
        assert found is None or len(set(found)) == tasks
        assert all(able[at] >> who & 1 for at, who in enumerate(found or ()))
    assert seen == {True, False}
