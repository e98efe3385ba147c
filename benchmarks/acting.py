"""What each act asks of the database: statements, transactions and waits for an answer."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from benchmarks.costs import Cost, metered
from benchmarks.figures import NUMBER, Figure
from benchmarks.staging import Sign, Stage
from workflow.assembly.engine import open_engine
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.engine.engine import Engine
from workflow.engine.rounds.decision import Decision


def measure(stage: Stage, place: str) -> Iterator[Figure]:
    """The cost of sign-offs in time, overdue and settling, and of a sweep that finds nothing."""
    with metered(stage.url) as meter:
        engine = open_engine(meter.url)
        meter.listen(engine.database)
        for when in ("in time", "overdue"):
            ref = stage.programme("decision", in_time=when == "in time")
            first, second, last = stage.signs([ref], settling=True)
            signing(engine, first)()  # Definitions are known from here on.
            cost = meter.cost(signing(engine, second))
            yield _figure(place, f"sign-off, {when}", cost)
            cost = meter.cost(signing(engine, last))
            yield _figure(place, f"sign-off that settles, {when}", cost)
        sweep(engine)
        yield _figure(place, "sweep, nothing to do", meter.cost(lambda: sweep(engine)))
        engine.database.dispose()


def signing(engine: Engine, wish: Sign) -> Callable[[], object]:
    """What gives one approval."""
    decision = Decision(wish.ref, "decision", "approve", wish.version, uuid4().hex, wish.seat_id)
    return lambda: commands.sign(engine, wish.person, decision)


def _figure(place: str, what: str, cost: Cost) -> Figure:
    more = {"transactions": cost.transactions, "round trips": cost.trips}
    return Figure("acts", place, what, NUMBER, cost.statements, detail=more)
