"""What a list of lessons is narrowed by, and the lines that it finds by an index, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    column,
    exists,
    literal_column,
    select,
    table,
    true,
)
from sqlalchemy.orm import Session

from workflow.engine.permissions.visibility import knows_of
from workflow.programmes.knowledge.models import LessonFacet, ListedLesson
from workflow.programmes.lists.lookup import few
from workflow.programmes.lists.orders import Order
from workflow.programmes.lists.search import one_of
from workflow.search.index import HoldsSigns, has, holds_signs

PAGE = 25
# Where more is asked for than one index answers, so many lines are looked at for a page; the page says where it looks on.
LOOKED_AT = 500
NEWEST = Order((ListedLesson.validated_at, ListedLesson.case_id), descending=True)
FACETS = ("area", "goal", "country", "modality", "language", "year")


@dataclass(frozen=True, slots=True)
class LessonFilters:
    """What is asked for: words of the text, and an area, goal, country, modality, language or year by its key.

    A goal is `sdg-3` or `mdg-6`, a country its code of three letters. `after` is where the page begins.
    """

    text: str = ""
    area: str = ""
    goal: str = ""
    country: str = ""
    modality: str = ""
    language: str = ""
    year: str = ""
    after: str = ""

    @property
    def facets(self) -> tuple[str, ...]:
        """By what a lesson has to be found, as it is kept."""
        asked = ((name, getattr(self, name)) for name in FACETS)
        return tuple(f"{name}:{value}" for name, value in asked if value)

    @property
    def narrowed(self) -> bool:
        """Whether fewer are asked for than there are."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "after")


@dataclass(frozen=True, slots=True)
class LessonsFound:
    """The lessons that were found, by their cases, and after which line to look on, if there is more."""

    cases: tuple[int, ...]
    next: str


class LessonHoldsSigns(HoldsSigns):
    """The condition that the text of a lesson has certain runs of three signs, asked of the index."""

    inherit_cache = True
    held, words = "listed_lesson", "lesson_words"


def looked(
    session: Session, filters: LessonFilters, person: int | None, now: datetime, most: int = PAGE
) -> LessonsFound:
    """The lessons that a person may know of and the filters leave, the newest first, `most` at once.

    Where nobody is named, whoever reads keeps the installation, and every one is found.
    """
    narrow = len(filters.facets) > 1 or bool(filters.text)
    share = max(most + 1, LOOKED_AT) if narrow else most + 1
    rows = session.execute(_lines(session, filters, share, person, now)).all()
    found: list[int] = []
    place: Any = None
    for row in rows[: share - 1]:
        if len(found) == most:
            break
        place = row
        if row.fits:
            found.append(row.case_id)
    more = place is not None and place is not rows[-1]
    at = NEWEST.cursor((place.validated_at, place.case_id)) if more else ""
    return LessonsFound(tuple(found), at)


def _lines(
    session: Session, filters: LessonFilters, share: int, person: int | None, now: datetime
) -> Select[Any]:
    """So many lines in their order, each with whether it is shown."""
    lesson, rest = ListedLesson, filters.facets
    gathered = _gathered(session, filters.text)
    wanted = select(lesson.case_id, lesson.validated_at, lesson.search_text)
    order = NEWEST
    if gathered is not None:
        order = NEWEST.over(gathered)
        columns = gathered.c
        wanted = select(columns.case_id, columns.validated_at, columns.search_text)
        wanted = wanted.where(columns.shown.is_(True))
    elif rest:
        first, *others = rest
        facet = LessonFacet
        order = Order((facet.validated_at, facet.case_id), descending=True)
        wanted = (
            select(facet.case_id, facet.validated_at, lesson.search_text)
            .join(lesson, lesson.case_id == facet.case_id)
            .where(facet.facet == first, lesson.shown.is_(True))
        )
        rest = tuple(others)
    else:
        wanted = wanted.where(lesson.shown.is_(True))
    if (place := order.key(filters.after)) is not None:
        wanted = wanted.where(order.beyond(place, backwards=False))
    falling = order.by(order.columns, backwards=False)
    looked_at = wanted.order_by(*falling).limit(share).subquery("looked")
    fits = and_(true(), *_fitting(looked_at.c, filters.text, rest, (person, now)))
    shown = select(looked_at.c.case_id, looked_at.c.validated_at, fits.label("fits"))
    return shown.order_by(looked_at.c.validated_at.desc(), looked_at.c.case_id.desc())


def _gathered(session: Session, text: str) -> CTE | None:
    """The lessons with the words, put together, where they are few; none where they are many."""
    if (found := holds_signs(text, LessonHoldsSigns)) is None:
        return None
    source = select(ListedLesson.case_id).where(found)
    if session.connection().dialect.name == "sqlite":
        # Asked of the index alone: as a condition on lessons it would be answered whole.
        words = table(LessonHoldsSigns.words, column("rowid", Integer))
        match, _ = found.clauses
        source = select(words.c.rowid).where(literal_column(words.name).op("MATCH")(match))
    if (ids := few(session, source)) is None:
        return None
    lesson = ListedLesson
    lines = select(lesson.case_id, lesson.validated_at, lesson.shown, lesson.search_text)
    together = lines.where(one_of(ids, lesson.case_id)).cte("gathered")
    return together.prefix_with("materialized")


def _fitting(
    line: Any, text: str, facets: tuple[str, ...], reader: tuple[int | None, datetime]
) -> Iterator[ColumnElement[bool]]:
    """What a line that was looked at has to meet besides."""
    person, now = reader
    if person is not None:
        yield knows_of(line.case_id, person, now.date())
    if text:
        yield has(text, line.search_text)
    for each in facets:
        yield exists().where(LessonFacet.case_id == line.case_id, LessonFacet.facet == each)
