"""Whatever is sent, to whichever address, by whomever: an answer below 500, on both databases."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.support.hostile.attempts import filled, rules, sample
from tests.support.hostile.manners import manners
from tests.support.hostile.visits import Visit
from tests.support.sizes import sized
from tests.support.world import World

# Who comes, and the state of the programme that their addresses lead to, with its open round.
VISITS = (
    ("joao.lima", "draft", "submission"),
    ("jane.okello", "screening", "screening"),
    ("priya.menon", "consultation", "consultation"),
    ("marie.laurent", "consultation", "consultation"),
    ("", "consultation", "consultation"),
)
RULES, REQUESTS, MANNERS = sized(12, 1000), sized(15, 20_000), sized(25, 10_000)
pytestmark = pytest.mark.proof


@pytest.fixture(params=VISITS, ids=lambda visit: visit[0] or "a stranger")
def visit(request: pytest.FixtureRequest, house_url: str, tmp_path: Path) -> Iterator[Visit]:
    world = World(house_url)
    yield Visit(world, tmp_path, *request.param)
    world.close()


@pytest.mark.proof(either=True, sample=6)
def test_no_request_stops_the_house(visit: Visit) -> None:
    known = rules(visit.app)
    chosen = random.Random(RULES).sample(known, min(RULES, len(known)))
    every = chain.from_iterable(visit.attempts(*rule) for rule in chosen)

    answers = [(visit.send(each), each) for each in sample(every, REQUESTS, seed=9)]

    print(sorted(Counter(status for status, _ in answers).items()))
    assert [f"{status} {attempt}" for status, attempt in answers if status >= 500] == []


@pytest.mark.proof(either=True, sample=6)
def test_no_way_of_sending_stops_the_house(visit: Visit) -> None:
    addresses = sorted({filled(rule, visit.known) for rule, _ in rules(visit.app)})
    every = chain.from_iterable(manners(path, visit.token) for path in addresses)

    answers = [(visit.send(each), each) for each in sample(every, MANNERS, seed=9)]

    print(sorted(Counter(status for status, _ in answers).items()))
    assert [f"{status} {attempt}" for status, attempt in answers if status >= 500] == []
