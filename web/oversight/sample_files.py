"""Samples as files, drawn behind the pages where the population is large."""

from collections.abc import Mapping

from web.orders.kind import Kind, Task, Wanted
from web.oversight.csv_rows import DRAWN_COLUMNS, drawn_rows
from web.oversight.files import CSV, wish_of
from web.oversight.query_args import filters_of, spoken_query
from web.tables.comma_separated import write_table
from workflow.audit.events.histories import HistoryRead
from workflow.engine.engine import Engine
from workflow.orders.kinds import OrderKind, Said
from workflow.oversight.events import access_log
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.reviews.large_sample import Drawn, as_drawn, draw_large


def wanted_sample(filters: EventFilters, seed: str, wanted: int) -> Wanted:
    """What an order says of a sample."""
    return {**wish_of(filters), "seed": seed, "n": str(wanted)}


def _make(task: Task) -> Said:
    """Draw the sample and write it; returns what was drawn, for the page that shows it."""
    filters, (seed, wanted) = filters_of(task.wanted), _named(task.wanted)
    found = draw_large(
        task.engine, task.person, filters, seed=seed, wanted=wanted, now=task.engine.now(),
        progress=task.progress,
    )  # fmt: skip
    with task.engine.reading() as session:
        sample = as_drawn(session, task.engine, found, filters, seed, wanted)
        write_table(task.to, DRAWN_COLUMNS, drawn_rows(sample))
    return found.said()


def _tell(engine: Engine, person: int, wanted: Wanted, made: Said) -> None:
    """Tell that the sample was drawn, with its seed and what it was drawn from."""
    found = Drawn.read(made)
    look = HistoryRead(
        scope=access_log.SAMPLE,
        query=spoken_query(filters_of(wanted)),
        seed=wanted["seed"],
        drawn=len(found.ids),
        population=found.population,
        fingerprint=found.fingerprint,
    )
    access_log.record_look(engine, person, look)


def _named(wanted: Mapping[str, str]) -> tuple[str, int]:
    return wanted["seed"], int(wanted["n"])


SAMPLE = Kind(
    key=OrderKind.SAMPLE,
    roles=frozenset({"auditor"}),
    name=lambda _wanted: "sample.csv",
    media_type=lambda _wanted: CSV,
    make=_make,
    told=_tell,
)
