"""The lessons that are offered to whoever plans or reviews a programme, and what was said of them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, select, union_all
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import knows_of
from workflow.lessons.lines import LessonLine, lines_of
from workflow.lessons.plan import Candidate, PlannedProgramme, likest
from workflow.people.models import Person
from workflow.phrase import Phrase
from workflow.programmes.knowledge.about import about
from workflow.programmes.knowledge.models import LessonFacet, LessonWeighing, ListedLesson

# Of each thing that a plan is about so many of the newest lessons are looked at, of so many things.
OF_EACH, THINGS = 50, 24
# So many of what was said of lessons in a programme are shown, the last first.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class OfferedLesson:
    """A lesson that is offered, and why this one."""

    line: LessonLine
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SuggestedLesson:
    """A lesson that is offered, by its reference and what it says in a sentence, and why this one."""

    ref: str
    heading: str
    language: str
    reasons: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class WeighedLesson:
    """A lesson of which somebody said in a programme that it is used, or not for it: the last word."""

    line: LessonLine
    said: str
    who: str
    at: datetime


def plan_of_case(session: Session, case_id: int) -> PlannedProgramme:
    """What a case is about, as its newest filed text says."""
    said = about(session, case_id)
    several = {name: said.get(name, ()) for name in ("areas", "goals", "countries")}
    return PlannedProgramme(**several, modality=next(iter(said.get("modality", ())), ""))


def offers(
    session: Session, case_id: int, person: int, now: datetime, plan: PlannedProgramme | None = None
) -> tuple[OfferedLesson, ...]:
    """Up to five lessons that are most like a programme and were not weighed in it.

    The plan is what the case says by now, or what a form says that is being written.
    """
    known = plan or plan_of_case(session, case_id)
    alike = likest(known, _candidates(session, known, case_id, (person, now)))
    lines = lines_of(session, [each.case_id for each in alike], person, now)
    return tuple(OfferedLesson(line, like.reasons) for line, like in zip(lines, alike, strict=True))


def suggested(
    session: Session, case_id: int, person: int, now: datetime, plan: PlannedProgramme | None = None
) -> tuple[SuggestedLesson, ...]:
    """The same by what each says in a sentence: beside a form or a decision, which reads them at once."""
    known = plan or plan_of_case(session, case_id)
    candidates = {
        each.case_id: each for each in _candidates(session, known, case_id, (person, now))
    }
    found = ((candidates[each.case_id], each) for each in likest(known, [*candidates.values()]))
    return tuple(
        SuggestedLesson(
            lesson.ref, lesson.heading, next(iter(lesson.of("language")), ""), like.reasons
        )
        for lesson, like in found
    )


def weighed(
    session: Session, case_id: int, person: int, now: datetime
) -> tuple[WeighedLesson, ...]:
    """The lessons of which somebody said something in a case, with the last word on each, the last first."""
    rows = session.execute(
        select(
            LessonWeighing.lesson_id, LessonWeighing.said, LessonWeighing.weighed_at, Person.name
        )
        .join(Person, Person.id == LessonWeighing.person_id)
        .where(LessonWeighing.case_id == case_id)
        .where(knows_of(LessonWeighing.lesson_id, person, now.date()))
        .order_by(LessonWeighing.event_seq.desc())
    )
    last: dict[int, Any] = {}
    for row in rows:
        last.setdefault(row.lesson_id, row)
    cases = list(last)[:SHOWN]
    lines = lines_of(session, cases, person, now)
    return tuple(
        WeighedLesson(line, last[number].said, last[number].name, last[number].weighed_at)
        for line, number in zip(lines, cases, strict=True)
    )


def _candidates(
    session: Session, plan: PlannedProgramme, case_id: int, reader: tuple[int, datetime]
) -> Sequence[Candidate]:
    """The newest lessons about each thing that the plan is about, with all that they are found by."""
    wanted = _facets(plan)[:THINGS]
    if not wanted:
        return ()
    person, now = reader
    newest = _newest(wanted)
    # The rule of visibility asks of cases itself, and must not find these.
    lesson, own = ListedLesson, aliased(LifecycleCase)
    rows = session.execute(
        select(lesson.case_id, lesson.validated_at, own.ref, lesson.heading, LessonFacet.facet)
        .join(LessonFacet, LessonFacet.case_id == lesson.case_id)
        .join(own, own.id == lesson.case_id)
        .where(
            lesson.case_id.in_(newest),
            lesson.shown.is_(True),
            lesson.programme_id != case_id,
            ~exists().where(
                LessonWeighing.case_id == case_id, LessonWeighing.lesson_id == lesson.case_id
            ),
            knows_of(lesson.case_id, person, now.date()),
        )
        .order_by(lesson.case_id)
    )
    found: dict[int, tuple[Any, list[str]]] = {}
    for row in rows:
        found.setdefault(row.case_id, (row, []))[1].append(row.facet)
    return [
        Candidate(number, row.validated_at, frozenset(facets), row.ref, row.heading)
        for number, (row, facets) in found.items()
    ]


def _newest(wanted: Sequence[str]) -> Select[int]:
    """The newest lessons about each of these things."""
    facet = LessonFacet
    each_newest = (
        select(facet.case_id)
        .where(facet.facet == each)
        .order_by(facet.validated_at.desc(), facet.case_id.desc())
        .limit(OF_EACH)
        .subquery()
        for each in wanted
    )
    one_of = union_all(*map(select, each_newest)).subquery("newest")
    return select(one_of.c.case_id)


def _facets(plan: PlannedProgramme) -> list[str]:
    return [
        *(f"area:{each}" for each in plan.areas),
        *(f"goal:{each}" for each in plan.goals),
    ]
