"""What the frame of every page says of a person, read at once."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from workflow.engine.models import DefinitionVersion
from workflow.engine.queue.query import MOST_COUNTED
from workflow.engine.queue.seats import KEPT, Scopes, how_many, named, scopes_of
from workflow.engine.queue.ways import ways
from workflow.notices.queries import unread


@dataclass(frozen=True, slots=True)
class Frame:
    """How many seats wait, how many notices are unread, and which lifecycle was published last.

    Neither is counted further than a badge can show; before a lifecycle is published there is none.
    """

    waiting: int
    unread: int
    newest: int | None


def frame(session: Session, person: int, now: datetime) -> Frame:
    """The frame of this person."""
    on = ways(session, person, now.date())
    asked = _told(scopes_of(on))
    values = {**named(on), "person": person}
    return Frame(*session.connection().execute(asked, values).one())


@lru_cache(maxsize=KEPT)
def _told(scopes: Scopes) -> Select[int, int, int]:
    return select(
        how_many(scopes, MOST_COUNTED),
        unread(bindparam("person"), MOST_COUNTED),
        select(func.max(DefinitionVersion.id)).scalar_subquery(),
    )
