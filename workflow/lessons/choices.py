"""What a list of lessons can be narrowed by: whatever some lesson is found by, and nothing else."""

from collections.abc import Mapping

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from workflow.programmes.knowledge.models import LessonFacet, ListedLesson


def choices(session: Session) -> Mapping[str, tuple[str, ...]]:
    """By the name of each filter the values that lessons have; each is found from the one before it."""
    first = select(func.min(LessonFacet.facet).label("facet")).cte("found", recursive=True)
    later = aliased(LessonFacet)
    following = (
        select(func.min(later.facet))
        .where(later.facet > first.c.facet)
        .correlate(first)
        .scalar_subquery()
    )
    every = first.union_all(select(following).where(first.c.facet.is_not(None)))
    shown = exists().where(
        LessonFacet.facet == every.c.facet,
        ListedLesson.case_id == LessonFacet.case_id,
        ListedLesson.shown.is_(True),
    )
    rows = session.scalars(select(every.c.facet).where(every.c.facet.is_not(None), shown))
    found: dict[str, tuple[str, ...]] = {}
    for facet in sorted(rows):
        kind, _, value = facet.partition(":")
        found[kind] = (*found.get(kind, ()), value)
    return found
