"""The file of all programmes as they stood on a day."""

from collections.abc import Iterator
from datetime import date

from web.orders.kind import Kind, Task, Wanted
from web.oversight.csv_rows import STOOD, stood_row
from web.tables.comma_separated import write_table
from workflow.engine.engine import Engine
from workflow.orders.kinds import OrderKind, Said
from workflow.oversight.as_of.known import known_then, rights_then
from workflow.oversight.as_of.portfolio import portions_as_of
from workflow.oversight.events.basis import refuse_unknown


def _make(task: Task) -> Said:
    """Write one row for each programme as it stood."""
    day, now = date.fromisoformat(task.wanted["day"]), task.engine.now()
    with task.engine.reading() as session:
        whole = known_then(session, task.person, now)
        made = rights_then(session, task.person, now)

    def rows() -> Iterator[tuple[object, ...]]:
        done, stage = 0, task.wanted["stage"]
        for count, lines in portions_as_of(task.engine, task.person, day, now, stage):
            done += count
            task.progress(min(done, whole), whole)
            yield from (stood_row(line, day.isoformat()) for line in lines)

    write_table(task.to, STOOD, rows())
    return made


def _tell(engine: Engine, person: int, _wanted: Wanted, made: Said) -> None:
    """Refuse who may not know of one of them any more; that a list is taken is not told."""
    refuse_unknown(engine, person, made)


PAST = Kind(
    key=OrderKind.PAST,
    roles=frozenset(),
    name=lambda wanted: f"programmes-{wanted['day']}.csv",
    media_type=lambda _wanted: "text/csv; charset=utf-8",
    make=_make,
    told=_tell,
)
