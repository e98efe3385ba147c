"""The auditors' files: events of several histories, and the record of access."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from web.orders.kind import Kind, Task, Wanted
from web.oversight.csv_rows import COLUMNS, event_row
from web.oversight.query_args import filters_of, query_of, spoken_query
from web.tables.comma_separated import write_table
from workflow.engine.engine import Engine
from workflow.orders.kinds import OrderKind, Said
from workflow.oversight.events import access_log
from workflow.oversight.events.accessed import of_access
from workflow.oversight.events.basis import refuse_unknown
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.taken import at_most, cases_of, portions, rights

CSV = "text/csv; charset=utf-8"


def asked(kind: OrderKind, wanted: Wanted) -> EventFilters:
    """The events that a file is to hold."""
    filters = filters_of(wanted)
    return of_access(filters) if kind is OrderKind.ACCESS else filters


def wish_of(filters: EventFilters) -> Wanted:
    """What an order says of filters: the address that asks for them, from its newest event on."""
    return {name: str(value) for name, value in query_of(filters).items()}


def _make(kind: OrderKind, task: Task) -> Said:
    """Write one row for each event, the newest first; returns of which histories they are."""
    filters, now = asked(kind, task.wanted), task.engine.now()
    with task.engine.reading() as session:
        whole = at_most(session, task.person, filters, now)
        cases = cases_of(session, task.person, filters, now)
        made = rights(session, task.person, filters, now)

    def rows() -> Iterator[tuple[object, ...]]:
        done = 0
        for portion in portions(task.engine, task.person, filters, now):
            done += len(portion)
            task.progress(min(done, whole), whole)
            yield from map(event_row, portion)

    write_table(task.to, COLUMNS, rows())
    return {**made, "cases": cases}


def _tell(kind: OrderKind, engine: Engine, person: int, wanted: Wanted, made: Said) -> None:
    """Tell that the events are taken away; refuses who may not know of one of the histories."""
    refuse_unknown(engine, person, made)
    # That a file ends with the moment at which it was ordered is no filter that anybody chose.
    filters = replace(filters_of(wanted), through=None)
    name = f"{kind.value}.csv"
    access_log.record_taken(engine, person, name, spoken_query(filters), made["cases"])


def _kind(key: OrderKind, *roles: str) -> Kind:
    return Kind(
        key=key,
        roles=frozenset(roles),
        name=lambda _wanted: f"{key.value}.csv",
        media_type=lambda _wanted: CSV,
        make=partial(_make, key),
        told=partial(_tell, key),
    )


EVENTS = _kind(OrderKind.EVENTS, "auditor", "evaluator")
ACCESS = _kind(OrderKind.ACCESS, "auditor")
