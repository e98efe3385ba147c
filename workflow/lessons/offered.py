"""The lessons that are offered to whoever plans or reviews a programme, and what was said of them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    exists,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from workflow.engine.models import CaseArea, CaseParty
from workflow.engine.permissions.visibility import knows_of
from workflow.lessons.lines import LessonLine, lines_of
from workflow.lessons.plan import Candidate, PlannedProgramme, likest
from workflow.people.models import Party, Person
from workflow.phrase import Phrase
from workflow.programmes.knowledge.models import LessonFacet, LessonWeighing, ListedLesson
from workflow.programmes.models import Programme, ProgrammeGoal

# Of each thing that a plan is about so many of the newest lessons are looked at, of so many things.
OF_EACH, THINGS = 50, 24
# What a case is about, each line with what it is.
_CASE = bindparam("case_id", type_=Integer)
_ABOUT: CompoundSelect[Any, Any] = union_all(
    select(literal("areas"), CaseArea.area).where(CaseArea.case_id == _CASE),
    select(literal("goals"), ProgrammeGoal.scheme + "-" + cast(ProgrammeGoal.number, String)).where(
        ProgrammeGoal.case_id == _CASE
    ),
    select(literal("countries"), Party.iso3)
    .join(CaseParty, CaseParty.party_id == Party.id)
    .where(
        CaseParty.case_id == _CASE, CaseParty.capacity == "beneficiary", Party.iso3.is_not(None)
    ),
    select(literal("modality"), Programme.modality).where(
        Programme.case_id == _CASE, Programme.modality != ""
    ),
)
# So many of what was said of lessons in a programme are shown, the last first.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class OfferedLesson:
    """A lesson that is offered, and why this one."""

    line: LessonLine
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
    found: dict[str, list[str]] = {}
    for kind, value in session.execute(_ABOUT, {"case_id": case_id}):
        found.setdefault(kind, []).append(value)
    several = {name: tuple(sorted(found.get(name, ()))) for name in ("areas", "goals", "countries")}
    return PlannedProgramme(**several, modality=next(iter(found.get("modality", ())), ""))


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
    newest = [
        select(
            select(LessonFacet.case_id)
            .where(LessonFacet.facet == each)
            .order_by(LessonFacet.validated_at.desc(), LessonFacet.case_id.desc())
            .limit(OF_EACH)
            .subquery()
        )
        for each in wanted
    ]
    one_of = union_all(*newest).subquery("newest")
    lesson = ListedLesson
    rows = session.execute(
        select(lesson.case_id, lesson.validated_at, LessonFacet.facet)
        .join(LessonFacet, LessonFacet.case_id == lesson.case_id)
        .where(
            lesson.case_id.in_(select(one_of.c.case_id)),
            lesson.shown.is_(True),
            lesson.programme_id != case_id,
            ~exists().where(
                LessonWeighing.case_id == case_id, LessonWeighing.lesson_id == lesson.case_id
            ),
            knows_of(lesson.case_id, person, now.date()),
        )
        .order_by(lesson.case_id)
    )
    found: dict[int, tuple[datetime, list[str]]] = {}
    for number, validated_at, facet in rows:
        found.setdefault(number, (validated_at, []))[1].append(facet)
    return [Candidate(number, at, frozenset(facets)) for number, (at, facets) in found.items()]


def _facets(plan: PlannedProgramme) -> list[str]:
    return [
        *(f"area:{each}" for each in plan.areas),
        *(f"goal:{each}" for each in plan.goals),
    ]
