"""A check of everything that is told history by history, for whoever takes its result away."""

from collections.abc import Callable, Iterator

from sqlalchemy import func, select

from workflow.audit.verification.verify import (
    Difference,
    Examined,
    VerificationResult,
    check_definitions,
    examine,
)
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.oversight.checks import deadlines, lists, schedules
from workflow.oversight.checks.run import PAGE, keep, with_log
from workflow.tlog.verify import verify_log


def check_everything(
    engine: Engine, person: int, progress: Callable[[int, int], object]
) -> Iterator[Examined | Difference]:
    """Every history as it is checked, and then whatever differs besides.

    The result is kept as that of any other check once all of it has been told. The log may take as
    long as the histories: `progress` hears of each portion of it that it goes on.
    """
    begun, found = engine.now(), VerificationResult()
    whole = _histories(engine)
    for done, examined in enumerate(examine(engine.database), 1):
        found.add(examined)
        progress(min(done, whole), whole)
        yield examined
    besides = _besides(engine, lambda: progress(whole, whole))
    yield from besides
    found.differences += besides
    keep(engine, found, way=PAGE, begun=begun, person=person)


def _histories(engine: Engine) -> int:
    with engine.reading() as session:
        return session.scalar(select(func.count()).select_from(LifecycleCase)) or 0


def _besides(engine: Engine, alive: Callable[[], object]) -> list[Difference]:
    """What differs in lifecycles, in the log, in what time acts on and in what lists go by."""
    log = verify_log(engine.database, alive)
    found = with_log(check_definitions(engine.database), log)
    alive()
    waiting = [each.difference for each in deadlines.unminded(engine)]
    waiting += [each.difference for each in schedules.miscounted(engine)]
    return [*found.differences, *waiting, *lists.astray(engine).differences]
