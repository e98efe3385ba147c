"""Lessons as lists show them: what each says in a sentence, where it was tried, and under which programme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import false, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import knows_of
from workflow.lessons.counts import Counted, tallied
from workflow.lessons.filters import LessonFilters, looked
from workflow.programmes.knowledge.models import LessonFacet, ListedLesson

PORTION = 500


@dataclass(frozen=True, slots=True)
class ProgrammeOfLesson:
    """The programme under which a lesson was told, as whoever reads may know of it."""

    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson that was validated, with what it is found by.

    Goals are `sdg-3` or `mdg-6`, countries their codes. One that was withdrawn is not `shown`. `counted` says
    in how many programmes that everybody may know of it is used. A lesson is public; its programme is named only
    to those who may know of it.
    """

    ref: str
    heading: str
    validated_at: datetime
    programme: ProgrammeOfLesson | None
    areas: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    modality: str = ""
    language: str = ""
    shown: bool = True
    counted: Counted = field(default_factory=Counted)


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One page of lessons; `next` is after which line it goes on, if there is more to look at."""

    lines: tuple[LessonLine, ...]
    filters: LessonFilters
    next: str


@dataclass(slots=True)
class _Found:
    """What one lesson is found by, by kind."""

    kinds: dict[str, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[str, ...]:
        return tuple(self.kinds.get(kind, ()))

    def one(self, kind: str) -> str:
        return next(iter(self.of(kind)), "")


def lessons(
    session: Session, person: int | None, filters: LessonFilters, now: datetime
) -> LessonPage:
    """A page of the lessons that `person` may know of and the filters leave, the newest first."""
    found = looked(session, filters, person, now)
    return LessonPage(lines_of(session, found.cases, person, now), filters, found.next)


def every_lesson(
    session: Session, person: int | None, filters: LessonFilters, now: datetime
) -> Iterator[LessonLine]:
    """Every lesson that the filters leave, the newest first, to be taken away."""
    at: LessonFilters | None = filters
    while at is not None:
        found = looked(session, at, person, now, PORTION)
        yield from lines_of(session, found.cases, person, now)
        at = replace(at, after=found.next) if found.next else None


def lines_of(
    session: Session, cases: Sequence[int], person: int | None, now: datetime
) -> tuple[LessonLine, ...]:
    """These lessons in this order, whatever belongs to them read once for all of them.

    Where nobody is named, whoever reads keeps the installation.
    """
    if not cases:
        return ()
    rows = {row.case_id: row for row in session.execute(_rows(cases, person, now))}
    kinds = _facets(session, cases)
    numbers = tallied(session, cases)
    return tuple(
        _line(rows[each], kinds.get(each, _Found()), numbers.get(each, Counted())) for each in cases
    )


def _rows(cases: Sequence[int], person: int | None, now: datetime) -> Any:
    # The rule of visibility asks of cases itself, and must not find these.
    above, own = aliased(LifecycleCase), aliased(LifecycleCase)
    lesson = ListedLesson
    unknown = false() if person is None else ~knows_of(lesson.programme_id, person, now.date())
    return (
        select(
            lesson.case_id, lesson.heading, lesson.validated_at, lesson.shown, own.ref,
            above.ref.label("programme"), above.title, unknown.label("unknown"),
        )
        .join(own, own.id == lesson.case_id)
        .join(above, above.id == lesson.programme_id)
        .where(lesson.case_id.in_(cases))
    )  # fmt: skip


def _facets(session: Session, cases: Sequence[int]) -> Mapping[int, _Found]:
    rows = session.execute(
        select(LessonFacet.case_id, LessonFacet.facet)
        .where(LessonFacet.case_id.in_(cases))
        .order_by(LessonFacet.case_id, LessonFacet.facet)
    )
    found: dict[int, _Found] = {}
    for case_id, facet in rows:
        kind, _, value = facet.partition(":")
        found.setdefault(case_id, _Found()).kinds.setdefault(kind, []).append(value)
    return found


def _line(row: Any, found: _Found, numbers: Counted) -> LessonLine:
    return LessonLine(
        ref=row.ref,
        heading=row.heading,
        validated_at=row.validated_at,
        programme=None if row.unknown else ProgrammeOfLesson(row.programme, row.title),
        areas=found.of("area"),
        goals=tuple(sorted(found.of("goal"), key=_goal)),
        countries=found.of("country"),
        modality=found.one("modality"),
        language=found.one("language"),
        shown=row.shown,
        counted=numbers,
    )


def _goal(key: str) -> tuple[bool, int]:
    scheme, _, number = key.partition("-")
    return scheme != "sdg", int(number)
