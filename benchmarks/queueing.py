"""Pages of a queue read per second, as many seats as a page shows waiting among many more."""

import statistics
from time import perf_counter

from benchmarks.figures import MILLISECONDS, Figure, quartiles
from benchmarks.staging import Stage
from workflow.assembly.engine import engine_on
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters

READS = 9
WHO = "sipho.dlamini"
# The same page by hand: the first seats that wait for an office, with their programmes.
BY_HAND = (
    "SELECT s.id, c.ref, c.title, r.key, s.due_at FROM seat s JOIN round r ON r.id = s.round_id"
    " JOIN lifecycle_case c ON c.id = s.case_id JOIN appointment a ON a.role = s.role"
    " AND a.party_id = s.party_id WHERE s.status = 'open' AND a.person_id = {person}"
    " AND a.ends_on IS NULL ORDER BY s.due_at, s.id LIMIT 26"
)


def measure(stage: Stage, place: str, cases: int) -> Figure:
    """Read the queue of one member of the Board before whom so many programmes lie."""
    stage.copies(stage.programme("decision"), cases=cases)
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
    ratios = [ours / best for ours, best in zip(pages, others, strict=True)]
    page, by_hand = (1000 * statistics.median(taken) for taken in (pages, others))
    waiting = {"waiting": found.tally.total.number, "shown": len(found.rows)}
    return Figure(
        "queueing",
        place,
        "page of a queue",
        MILLISECONDS,
        page,
        by_hand,
        quartiles(ratios),
        waiting,
    )
