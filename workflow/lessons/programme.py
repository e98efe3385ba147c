"""The lessons of a programme that is planned: offered, with why, and weighed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.permissions.visibility import CaseRow, visible_case
from workflow.errors import NotAuthorised
from workflow.lessons.offered import (
    OfferedLesson,
    SuggestedLesson,
    WeighedLesson,
    offers,
    suggested,
    weighed,
)
from workflow.lessons.plan import plan_of
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import phrase
from workflow.programmes.visible_case import VisibleCase
from workflow.vocabulary import Footing, Stage

SUBJECT = "programme"
# While it is planned and decided on; what runs has been planned.
# Where a form says how a programme goes about what it is for, or else what for.
HOW = ("strategy", "objective")
PLANNED = (Stage.PROPOSAL.value, Stage.CONSULTATION.value, Stage.APPROVAL.value)


@dataclass(frozen=True, slots=True)
class LessonsForProgramme:
    """A programme with the lessons that are offered to it and those that were weighed in it.

    `open` says that something may be said of them still.
    """

    followed: Definition
    ref: str
    title: str
    version: int
    offered: tuple[OfferedLesson, ...]
    weighed: tuple[WeighedLesson, ...]
    open: bool


def lessons_for(session: Session, engine: Engine, person: int, ref: str) -> LessonsForProgramme:
    """What is offered to a programme and was said there; refuses whoever takes no part in it and audits nothing."""
    now = engine.now()
    case = visible_case(session, ref, person, now)
    if not (case.takes_part or case.audits):
        raise NotAuthorised(phrase("Those who take part in it see which lessons are weighed."))
    may = case.takes_part and case.footing == Footing.MANAGED and case.stage != Stage.END
    return LessonsForProgramme(
        followed=engine.definition(case.definition_id, session),
        ref=case.ref,
        title=case.title,
        version=case.version,
        offered=offers(session, case.id, person, now) if may else (),
        weighed=weighed(session, case.id, person, now),
        open=may,
    )


def offering_step(kind: DocumentKind, section: str) -> bool:
    """Whether lessons are offered on this page of a form: where it says how it is gone about, or else what for."""
    for field in HOW:
        place = next(
            (part.key for part in kind.sections if field in {each.key for each in part.fields}), ""
        )
        if place:
            return place == section
    return bool(kind.sections) and kind.sections[0].key == section


def offered_while_written(
    session: Session, person: int, case: VisibleCase, content: Mapping[str, Any], now: datetime
) -> tuple[SuggestedLesson, ...]:
    """What is offered while the facts of a programme are written, by what the form says by now."""
    if case.definition.subject != SUBJECT:
        return ()
    return suggested(session, case.id, person, now, plan_of(content))


def offered_in(
    session: Session, engine: Engine, person: int, case: CaseRow
) -> tuple[SuggestedLesson, ...]:
    """What is offered beside a decision on a programme that is being planned; nothing beside any other."""
    if case.stage not in PLANNED or not case.takes_part:
        return ()
    if engine.definition(case.definition_id, session).subject != SUBJECT:
        return ()
    return suggested(session, case.id, person, engine.now())
