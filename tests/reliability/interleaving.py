"""Acts of two people brought together: at the same moment, or stopped at a written point."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from threading import Barrier
from threading import Event as Signal

from sqlalchemy.exc import DBAPIError

from tests.support.waiting import PATIENCE
from workflow.engine.engine import Engine
from workflow.errors import Refusal
from workflow.transactions.transaction import Transaction

Act = Callable[[], object]
BEFORE_THE_LOCK, BEFORE_THE_COMMIT = "before the lock", "before the commit"
MOMENT = 0.15


def outcome(act: Act) -> object:
    """What an act returns; a refusal counts as a result, any other error is one."""
    try:
        return act()
    except Refusal as refusal:
        return refusal


def at_once(acts: Sequence[Act]) -> list[object]:
    """The results of all acts, begun at the same moment."""
    barrier = Barrier(len(acts))

    def begin(act: Act) -> object:
        barrier.wait()
        return outcome(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(begin, act) for act in acts]]


class Stop:
    """A point where an act waits, once, until it is let go."""

    def __init__(self, point: str) -> None:
        self.point = point
        self._reached, self._onward = Signal(), Signal()

    def wait(self) -> None:
        """Stand here until let go; who comes later passes."""
        if self._reached.is_set():
            return
        self._reached.set()
        assert self._onward.wait(PATIENCE), "Nobody let the stopped act go on."

    def reached(self) -> None:
        """Come back once the act stands here."""
        assert self._reached.wait(PATIENCE), "The act never came to the point where it should stop."

    def let_go(self) -> None:
        """Let the act go on."""
        self._onward.set()


class Stoppable(Engine):
    """An engine whose writing transactions can be stopped before they begin or commit."""

    stop: Stop | None = None

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """As the engine's own, with two places to wait."""
        self._at(BEFORE_THE_LOCK)
        with super().writing() as under_way:
            yield under_way
            under_way.session.flush()
            under_way.hand_over()
            self._at(BEFORE_THE_COMMIT)

    def _at(self, point: str) -> None:
        if self.stop is not None and self.stop.point == point:
            self.stop.wait()


@contextmanager
def stopped(engine: Stoppable, point: str) -> Iterator[Stop]:
    """Stop the next writing transaction of `engine` at `point`, until it is let go."""
    engine.stop = Stop(point)
    try:
        yield engine.stop
    finally:
        engine.stop.let_go()
        engine.stop = None


def overtaken(slow: Act, engine: Stoppable, quick: Act) -> tuple[object, object]:
    """`slow` has begun and looked, but holds no lock yet; `quick` comes and is done before it."""
    with ThreadPoolExecutor(1) as pool, stopped(engine, BEFORE_THE_LOCK) as stop:
        begun = pool.submit(outcome, slow)
        stop.reached()
        second = outcome(quick)
        stop.let_go()
        return begun.result(PATIENCE), second


def kept_waiting(holder: Act, engine: Stoppable, comer: Act) -> tuple[object, object]:
    """`holder` has written all but not committed; `comer` comes, has to wait, and goes second."""
    with ThreadPoolExecutor(2) as pool, stopped(engine, BEFORE_THE_COMMIT) as stop:
        held = pool.submit(outcome, holder)
        stop.reached()
        waiting = pool.submit(outcome, comer)
        _still_waiting(waiting)
        stop.let_go()
        return held.result(PATIENCE), waiting.result(PATIENCE)


def _still_waiting(act: Future[object]) -> None:
    done, _ = wait_for([act], MOMENT)
    assert not done, f"It did not wait for the one who holds the lock: {act.result()!r}"


def or_fault(act: Act) -> object:
    """What a naive act returns; an error of the database, which would be a 500, counts as well."""
    try:
        return outcome(act)
    except DBAPIError as fault:
        return fault
