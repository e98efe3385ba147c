"""When the body that a programme goes to sits next."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.models import BodySession
from workflow.programmes.participants import board_bench, committee_bench


def next_session(session: Session, case_id: int, of: str, on: date) -> tuple[date, date] | None:
    """The first and the last day of the next session that begins on a day or later; none that is not planned."""
    head, _, rest = of.partition(":")
    found = committee_bench if head == "body" else board_bench
    bench = found(session, case_id, rest, on)
    if bench is None:
        return None
    planned = (
        select(BodySession.starts_on, BodySession.ends_on)
        .where(BodySession.body_id == bench.id, BodySession.starts_on >= on)
        .order_by(BodySession.starts_on, BodySession.id)
        .limit(1)
    )
    row = session.execute(planned).first()
    return None if row is None else (row.starts_on, row.ends_on)
