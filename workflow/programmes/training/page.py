"""The training of a programme as one person may look at it, and what of its texts cannot be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Phrase
from workflow.programmes.training.faults import facts_faults, report_faults
from workflow.programmes.training.figures import (
    COURSES,
    PARTICIPANTS,
    PLACES,
    CameFrom,
    Content,
    CourseFigures,
    course_figures,
    together,
)
from workflow.programmes.visible_case import VisibleCase, visible_case


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """The courses of a programme, and its countries over all courses."""

    case: VisibleCase
    courses: tuple[CourseFigures, ...]
    countries: tuple[CameFrom, ...]

    @property
    def total(self) -> CameFrom:
        """All countries together."""
        return together(self.countries)


def trains(definition: Definition) -> bool:
    """Whether a lifecycle tells of courses and of places in them."""
    kind = definition.documents.get(definition.facts)
    return kind is not None and {COURSES, PLACES} <= {field.key for field in kind.fields()}


def training_page(session: Session, engine: Engine, person: int, ref: str) -> TrainingPage:
    """The figures of a programme by the texts that somebody reads: of a draft of others it shows what was sent before."""
    case = visible_case(session, engine, person, ref)
    facts: Content = {}
    reports: tuple[Content, ...] = ()
    if trains(case.definition):
        facts = next(reversed(_read(session, case, (case.definition.facts,))), {})
    if facts:
        reports = tuple(_read(session, case, reported_in(case.definition)))
    courses = tuple(course_figures(facts, reports))
    named = dict.fromkeys(each.country for course in courses for each in course.countries)
    every = [each for course in courses for each in course.countries]
    return TrainingPage(
        case,
        courses,
        tuple(together((each for each in every if each.country == one), one) for one in named),
    )


def reported_in(definition: Definition) -> tuple[str, ...]:
    """The documents of a lifecycle in which it is told who came to a course."""
    return tuple(kind.key for kind in definition.documents.values() if tells_of_course(kind))


def tells_of_course(kind: DocumentKind) -> bool:
    """Whether a document tells who came to a course."""
    return {"course", PARTICIPANTS} <= {field.key for field in kind.fields()}


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Content,
) -> Mapping[str, Phrase]:
    """What of a text about courses cannot be kept, by field; nothing of other lifecycles."""
    if not trains(definition):
        return {}
    if kind.key == definition.facts:
        return facts_faults(content)
    if not tells_of_course(kind):
        return {}
    filed = _filed(session, case_id, (definition.facts,))
    facts = canonical.parse(filed[-1].body) if filed else {}
    return report_faults(facts, content)


def _read(session: Session, case: VisibleCase, kinds: tuple[str, ...]) -> list[Content]:
    """What these documents said each time that one was filed, as far as somebody may read it, the oldest first."""
    rows = _filed(session, case.id, kinds)
    seqs = {kind: [row.event_seq for row in rows if row.kind == kind] for kind in kinds}
    open_ = frozenset[int]().union(*(case.sight.versions(kind, seqs[kind]) for kind in kinds))
    return [canonical.parse(row.body) for row in rows if row.event_seq in open_]


def _filed(session: Session, case_id: int, kinds: tuple[str, ...]) -> Sequence[Any]:
    asked = select(Document.kind, Document.event_seq, Document.body)
    of_kinds = asked.where(Document.case_id == case_id, Document.kind.in_(kinds))
    return session.execute(of_kinds.order_by(Document.event_seq)).all()
