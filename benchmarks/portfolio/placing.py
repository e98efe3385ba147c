"""Places in the log for events that were written in bulk."""

from sqlalchemy import Connection, func, insert, literal, select, update
from sqlalchemy.orm import Session

from benchmarks.portfolio.pattern import TABLES
from workflow.tlog.formats.tree import Range
from workflow.tlog.store.tiles import Growth, split

EVENT, ENTRY, STATE, PROGRESS = (
    TABLES[name] for name in ("event", "log_entry", "log_state", "facet_progress")
)
AT_ONCE = 65_536


def place(connection: Connection, newest: int) -> None:
    """Give every event with a number above this one its place, in their order; all have facets."""
    state = connection.execute(select(STATE)).one()
    later = select(
        literal(state.size - 1) + func.row_number().over(order_by=EVENT.c.id), EVENT.c.id
    ).where(EVENT.c.id > newest)
    connection.execute(insert(ENTRY).from_select(["log_index", "event_id"], later))
    grown = _grown(connection, newest, Range(state.size, split(state.edge)))
    edge = b"".join(grown.hashes)
    connection.execute(update(STATE).values(size=grown.size, root=grown.root, edge=edge))
    connection.execute(update(PROGRESS).values(through=grown.size))


def _grown(connection: Connection, newest: int, tree: Range) -> Range:
    session = Session(connection)
    hashes = select(EVENT.c.id, EVENT.c.hash).order_by(EVENT.c.id).limit(AT_ONCE)
    while batch := connection.execute(hashes.where(EVENT.c.id > newest)).all():
        growth = Growth(session)
        for _, leaf in batch:
            tree.append(leaf, growth.heard)
        growth.write()
        newest = batch[-1][0]
    session.flush()
    return tree
