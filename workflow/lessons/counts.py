"""In how many programmes a lesson is used, and which of them a reader may know of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to_all, knows_of
from workflow.programmes.knowledge.models import LessonWeighing

# So many of the programmes that use a lesson are named, the last to say so first.
NAMED = 25


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many programmes a lesson is used, and in how many it was found not to be for them."""

    used: int = 0
    not_for_us: int = 0


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A programme that uses a lesson, as whoever reads may know of it."""

    ref: str
    title: str
    at: datetime


def tallied(session: Session, cases: Collection[int]) -> Mapping[int, Counted]:
    """What was said last of each lesson in the programmes that everybody may know of.

    A draft that nobody else may know of is not counted before it is sent.
    """
    if not cases:
        return {}
    said = LessonWeighing
    public = select(LifecycleCase.id).where(LifecycleCase.id == said.case_id, known_to_all())
    rows = session.execute(
        select(said.lesson_id, said.said, func.count())
        .where(said.lesson_id.in_(cases), _last(said), public.exists())
        .group_by(said.lesson_id, said.said)
    )
    found: dict[int, dict[str, int]] = {}
    for lesson, word, number in rows:
        found.setdefault(lesson, {})[word] = number
    return {lesson: Counted(**numbers) for lesson, numbers in found.items()}


def used_in(session: Session, lesson: int, person: int, now: datetime) -> Sequence[UsedIn]:
    """The programmes that use a lesson and that a person may know of, the last to say so first."""
    said, case = LessonWeighing, aliased(LifecycleCase)
    rows = session.execute(
        select(case.ref, case.title, said.weighed_at)
        .join(said, said.case_id == case.id)
        .where(said.lesson_id == lesson, said.said == "used", _last(said))
        .where(knows_of(said.case_id, person, now.date()))
        .order_by(said.weighed_at.desc(), case.id.desc())
        .limit(NAMED)
    )
    return [UsedIn(*row) for row in rows]


def _last(said: Any) -> ColumnElement[bool]:
    """The condition that nothing was said later of the same lesson in the same case."""
    later = aliased(LessonWeighing)
    again = select(later.event_seq).where(
        later.case_id == said.case_id,
        later.lesson_id == said.lesson_id,
        later.event_seq > said.event_seq,
    )
    return ~again.exists()
