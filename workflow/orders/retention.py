"""How long orders count, and what goes with those that do not."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.erasure.register import Erasure
from workflow.orders.kinds import KEPT, UNFINISHED
from workflow.orders.models import FileOrder
from workflow.orders.shelf import Shelf

# Of one person, so that orders do not fill a disk.
MOST_KEPT = 4


def last_erasure(session: Session) -> datetime | None:
    """When a text was erased last."""
    return session.scalar(select(func.max(Erasure.at)))


def counts(order_: FileOrder, erased: datetime | None, now: datetime) -> bool:
    """Whether a finished file may be handed out: for a day, and while nothing was erased since."""
    if order_.ended_at is None or order_.ended_at + KEPT <= now:
        return False
    return erased is None or order_.begun_at is None or erased < order_.begun_at


def clear_shelf(engine: Engine, shelf: Shelf) -> int:
    """Forget orders that count no longer, with their files; returns how many files went."""
    now = engine.now()
    # Looked at before the orders are read: what comes to lie there meanwhile is of a newer one.
    lying = shelf.lying()
    with engine.transaction() as session:
        erased = last_erasure(session)
        every = session.scalars(select(FileOrder).order_by(FileOrder.id.desc())).all()
        kept = _kept(every, erased, now)
        for each in every:
            if each.id not in kept:
                session.delete(each)
        tokens = {each.token for each in every if each.id in kept}
    return shelf.keep_only(tokens, lying)


def _kept(every: Iterable[FileOrder], erased: datetime | None, now: datetime) -> frozenset[int]:
    """Those of the orders, the newest first, that count still: of one person the last few."""
    of_one: dict[int, list[int]] = {}
    for each in every:
        kept = of_one.setdefault(each.person_id, [])
        fits = len(kept) < MOST_KEPT and counts(each, erased, now)
        if each.state in UNFINISHED or fits:
            kept.append(each.id)
    return frozenset(number for kept in of_one.values() for number in kept)
