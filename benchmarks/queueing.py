"""Pages of a queue read per second, as many seats as a page shows waiting among many more."""

import statistics
from dataclasses import dataclass
from time import perf_counter

from benchmarks.staging import Stage
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.programmes.engine import engine_on

READS = 9
WHO = "sipho.dlamini"
# The same page by hand: the first seats that wait for an office, with their programmes.
BY_HAND = (
    "SELECT s.id, c.ref, c.title, r.key, s.due_at FROM seat s JOIN round r ON r.id = s.round_id"
    " JOIN lifecycle_case c ON c.id = s.case_id JOIN appointment a ON a.role = s.role"
    " AND a.party_id = s.party_id WHERE s.status = 'open' AND a.person_id = {person}"
    " AND a.ends_on IS NULL ORDER BY s.due_at, s.id LIMIT 26"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Milliseconds of one page, of the same rows by hand, and how many seats wait in all."""

    waiting: int
    shown: int
    page: float
    by_hand: float


def measure(stage: Stage, ref: str, cases: int) -> Reading:
    """Read the queue of one member of the Board before whom so many programmes lie."""
    stage.copies(ref, cases=cases)
    engine = engine_on(stage.database)
    person = stage.person(WHO)
    pages, others, found = [], [], None
    for _ in range(READS):
        began = perf_counter()
        with engine.reading() as session:
            found = queue_page.page(session, engine, person, QueueFilters(), engine.now())
        middle = perf_counter()
        with stage.database.connect().execution_options(reading=True) as connection:
            connection.exec_driver_sql(BY_HAND.format(person=person)).all()
        pages.append(middle - began)
        others.append(perf_counter() - middle)
    assert found is not None
    return Reading(
        found.tally.total, len(found.rows), *(1000 * statistics.median(s) for s in (pages, others))
    )
