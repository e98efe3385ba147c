"""What the frame of every page says of a person, read at once."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.offers.queries import LAST_OFFER, LAST_VERSION, Mark
from workflow.engine.queue.query import MOST_COUNTED
from workflow.engine.queue.seats import KEPT, Scopes, how_many, named, scopes_of
from workflow.engine.queue.ways import ways
from workflow.notices.queries import unread


@dataclass(frozen=True, slots=True)
class Frame:
    """How much waits, how many notices are unread, and how far the register of lifecycles goes.

    Neither is counted further than a badge can show.
    """

    waiting: int
    unread: int
    register: Mark


def frame(
    session: Session, person: int, now: datetime, also: ScalarSelect[int] | None = None
) -> Frame:
    """The frame of this person; `also` counts what waits for them beside seats."""
    on = ways(session, person, now.date())
    asked = _told(scopes_of(on))
    values = {**named(on), "person": person}
    if also is not None:
        asked = asked.add_columns(also)
    seats, unread_now, version, offer, *more = session.connection().execute(asked, values).one()
    return Frame(min(seats + sum(more), MOST_COUNTED), unread_now, (version or 0, offer or 0))


@lru_cache(maxsize=KEPT)
def _told(scopes: Scopes) -> Select[Any]:
    return select(
        how_many(scopes, MOST_COUNTED),
        unread(bindparam("person"), MOST_COUNTED),
        LAST_VERSION,
        LAST_OFFER,
    )
