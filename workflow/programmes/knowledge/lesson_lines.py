"""The line of a lesson as its validated text says, and what of its programme it is found by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, literal, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.declared_models import DecidedState
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.free_text import line
from workflow.people.models import Party
from workflow.programmes.knowledge.models import LessonFacet, ListedLesson
from workflow.programmes.models import Programme, ProgrammeGoal
from workflow.search.key import fold
from workflow.vocabulary import Stage

# What the lifecycle of a lesson is about.
SUBJECT = "lesson"
# As many letters as the title of a case, and a line here, have room for.
LONGEST = 300
# The countries in which it was tried: the first of these parts that somebody has.
TRIED_BY = ("beneficiary", "lead", "proposer")
# What a lesson says in its own words.
TEXTS = ("heading", "context", "tried", "happened", "holds_for")


@dataclass(frozen=True, slots=True)
class LessonSaid:
    """A lesson as it is listed: its line by column, and what it is found by."""

    line: Mapping[str, Any]
    facets: frozenset[str]


def take_effect(session: Session, case_id: int, said: Mapping[str, Any], now: datetime) -> str:
    """List a lesson as its text tells it, in place of what was listed; returns what it is called now.

    The goals of its programme are its own from now on, as its areas and countries are since it opened.
    """
    _take_goals(session, case_id)
    listed = said_of(session, case_id, said, now)
    list_anew(session, listed)
    return str(listed.line["heading"])


def list_anew(session: Session, listed: LessonSaid) -> None:
    """Write the line of a lesson and what it is found by, in place of what was there."""
    case_id = listed.line["case_id"]
    unlist(session, case_id)
    session.execute(insert(ListedLesson).values(listed.line))
    rows = [
        {"case_id": case_id, "facet": each, "validated_at": listed.line["validated_at"]}
        for each in sorted(listed.facets)
    ]
    session.execute(insert(LessonFacet), rows)


def unlist(session: Session, case_id: int) -> None:
    """Take a lesson out of the lists."""
    for table in (LessonFacet, ListedLesson):
        session.execute(delete(table).where(table.case_id == case_id))


def said_of(
    session: Session, case_id: int, said: Mapping[str, Any], validated_at: datetime
) -> LessonSaid:
    """What is listed of a lesson that was validated then."""
    open_to_all = exists().where(
        DecidedState.definition_id == LifecycleCase.definition_id,
        DecidedState.state == LifecycleCase.state,
        LifecycleCase.stage != Stage.END.value,
    )
    case = session.execute(
        select(LifecycleCase.ref, open_to_all.label("shown")).where(LifecycleCase.id == case_id)
    ).one()
    heading = line(str(said.get("heading") or ""))[:LONGEST].rstrip()
    words = (str(said.get(key) or "") for key in TEXTS)
    values = {
        "case_id": case_id,
        "programme_id": _top(session, case_id),
        "heading": heading,
        "validated_at": validated_at,
        "shown": case.shown,
        "search_text": fold(" ".join((case.ref, *words))),
    }
    facets = frozenset(_facets(session, case_id, said, validated_at))
    return LessonSaid(values, facets)


def _facets(
    session: Session, case_id: int, said: Mapping[str, Any], validated_at: datetime
) -> Iterator[str]:
    yield f"year:{validated_at.year}"
    if language := said.get("language"):
        yield f"language:{language}"
    modality = session.scalar(select(Programme.modality).where(Programme.case_id == case_id))
    if modality:
        yield f"modality:{modality}"
    for area in session.scalars(select(CaseArea.area).where(CaseArea.case_id == case_id)):
        yield f"area:{area}"
    goals = select(ProgrammeGoal.scheme, ProgrammeGoal.number)
    for scheme, number in session.execute(goals.where(ProgrammeGoal.case_id == case_id)):
        yield f"goal:{scheme}-{number}"
    for country in _countries(session, case_id):
        yield f"country:{country}"


def _countries(session: Session, case_id: int) -> list[str]:
    """In which countries it was tried, by their codes: in the one of the nearest case above that is one's alone."""
    if alone := _alone(session, case_id):
        return [alone]
    rows = session.execute(
        select(CaseParty.capacity, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == case_id, Party.iso3.is_not(None))
    ).all()
    for capacity in TRIED_BY:
        if found := [row.iso3 for row in rows if row.capacity == capacity]:
            return found
    return []


def _alone(session: Session, case_id: int) -> str | None:
    """The country for which alone the nearest case above was opened that was opened for one."""
    above = session.execute(
        select(ChildCase.parent_id, Party.iso3)
        .outerjoin(Party, Party.id == ChildCase.party_id)
        .where(ChildCase.case_id == case_id)
    ).first()
    if above is None:
        return None
    return above.iso3 or _alone(session, above.parent_id)


def _take_goals(session: Session, case_id: int) -> None:
    goal = ProgrammeGoal
    session.execute(delete(goal).where(goal.case_id == case_id))
    above = select(literal(case_id), goal.scheme, goal.number)
    kept = above.where(goal.case_id == _top(session, case_id))
    session.execute(insert(goal).from_select(["case_id", "scheme", "number"], kept))


def _top(session: Session, case_id: int) -> int:
    """The case that no other stands above: the programme under which a lesson was told."""
    above = session.scalar(select(ChildCase.parent_id).where(ChildCase.case_id == case_id))
    return case_id if above is None else _top(session, above)
