"""Several processes at one entry: one of two seconds confirms, and nothing stays of who was withdrawn meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.support.world import World
from tests.workflow.erasure.test_withdrawal import left
from tests.workflow.sharing.shared import BRAZIL, HEAD, IRACEMA, OFFICER, entered, listed
from workflow.engine.engine import Engine
from workflow.erasure.withdrawal import withdraw
from workflow.errors import Stale
from workflow.sharing.content import EXPERT
from workflow.sharing.decide import confirm
from workflow.sharing.word import change

Act = Callable[[Engine], object]


@pytest.fixture
def both(postgresql_house_url: str) -> World:
    return World(postgresql_house_url)


def at_once(world: World, *acts: Act) -> list[object]:
    """What each act came to, each on an engine of its own, begun at one moment."""
    start = Barrier(len(acts))
    engines = [world.another_engine() for _ in acts]

    def do(engine: Engine, act: Act) -> object:
        start.wait()
        try:
            return act(engine)
        except Stale as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, engines, acts))


def test_one_of_two_seconds_confirms(both: World) -> None:
    number = entered(both)

    def confirmed(who: str) -> Act:
        def act(engine: Engine) -> object:
            with engine.transaction() as session:
                return confirm(session, number, 1, by=both.person(who), now=engine.now())

        return act

    said = at_once(both, confirmed(OFFICER), confirmed(HEAD))

    assert sum(isinstance(each, Stale) for each in said) == 1
    both.close()


def test_nothing_is_left_of_who_was_withdrawn_while_somebody_worded_anew(both: World) -> None:
    number = listed(both, EXPERT)
    paulo = both.person(BRAZIL)

    def worded(engine: Engine) -> object:
        with engine.transaction() as session:
            return change(session, number, IRACEMA, 1, by=paulo, now=engine.now())

    at_once(both, lambda engine: withdraw(engine, paulo, number), worded)

    assert left(both) == set()
    both.close()
