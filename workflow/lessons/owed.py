"""What of lessons is left before something is closed: those that were told and that nobody has validated yet."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.children.checklist import Measured, Unmet
from workflow.phrase import phrase
from workflow.programmes.knowledge.lesson_lines import SUBJECT
from workflow.programmes.knowledge.models import ListedLesson
from workflow.vocabulary import Stage


class ToldLesson(NamedTuple):
    """A lesson that was told, by its reference, what such a case is called, and whether it waits."""

    ref: str
    kind: str
    open: bool


def lessons_validated(
    session: Session, cases: Collection[int], _today: date
) -> Mapping[int, Measured]:
    """How the lessons under each case stand, at any depth: one that is neither validated nor ended is left.

    It does not apply to a case under which none was told.
    """
    found: dict[int, list[ToldLesson]] = {case_id: [] for case_id in cases}
    for row in session.execute(_told(cases)):
        kind = engine_of(session).definition(row.definition_id, session).title
        found[row.top].append(ToldLesson(row.ref, kind, open=row.open))
    return {case_id: validated(rows) for case_id, rows in found.items()}


def validated(lessons: Collection[ToldLesson]) -> Measured:
    """The same of the lessons of one case: pure."""
    if not lessons:
        return Measured(why_not=phrase("No lesson was told under it."))
    left = (
        Unmet(
            phrase("The lesson %(ref)s is not validated", ref=each.ref),
            ref=each.ref,
            kind=each.kind,
        )
        for each in lessons
        if each.open
    )
    return Measured(len(lessons), tuple(left))


def _told(cases: Collection[int]) -> Any:
    """Every lesson under these cases, with the case at the top and whether it waits for somebody."""
    below = (
        select(ChildCase.parent_id.label("top"), ChildCase.case_id)
        .where(ChildCase.parent_id.in_(cases))
        .cte("below", recursive=True)
    )
    further = aliased(ChildCase)
    below = below.union_all(
        select(below.c.top, further.case_id).join(further, further.parent_id == below.c.case_id)
    )
    shown = exists().where(ListedLesson.case_id == LifecycleCase.id, ListedLesson.shown.is_(True))
    waits = (LifecycleCase.stage != Stage.END.value) & ~shown
    return (
        select(below.c.top, LifecycleCase.ref, LifecycleCase.definition_id, waits.label("open"))
        .join(LifecycleCase, LifecycleCase.id == below.c.case_id)
        .where(LifecycleCase.subject == SUBJECT)
        .order_by(LifecycleCase.id)
    )
