"""What the filed texts of an evaluation, or of an action under one, come to as rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.engine.declared_models import DecidedState, PrivateState
from workflow.engine.document_models import Document
from workflow.engine.documents.checked import whole_text
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.evaluations.models import CriterionRating, KeyAction, Recommendation
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER, Stage

EVALUATION, ACTION = "evaluation", "action"
# The criteria of the Development Assistance Committee, in the order in which it names them.
CRITERIA = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip
RECOMMENDATIONS, RESPONSES = "recommendations", "responses"
TABLES: tuple[type[Base], ...] = (Recommendation, CriterionRating, KeyAction)
Row = Mapping[str, Any]
Rows = dict[type[Base], list[Row]]


def tells(definition: Definition) -> bool:
    """Whether cases of a lifecycle are evaluations, or actions that may stand under one."""
    return definition.subject in (EVALUATION, ACTION)


def derived(session: Session, definition: Definition, case_id: int) -> Rows:
    """The rows of every table that the filed texts of a case come to."""
    found: Rows = {table: [] for table in TABLES}
    if definition.subject == EVALUATION:
        report = _holding(definition, RECOMMENDATIONS)
        filed = _filed_in(session, case_id, report) if report else None
        if report is not None and filed is not None:
            said = whole_text(session, case_id, definition, report)
            at = {"case_id": case_id, "year": filed, "open": is_open(session, case_id)}
            found[Recommendation] += _recommendations(session, definition, case_id, said, at)
            found[CriterionRating] += _ratings(said, at)
    elif definition.subject == ACTION:
        found[KeyAction] += _action(session, definition, case_id)
    return found


def is_open(session: Session, case_id: int) -> bool:
    """Whether everybody reads the texts of a case, in the state in which it stands."""
    decided, private = (
        exists().where(
            table.definition_id == LifecycleCase.definition_id, table.state == LifecycleCase.state
        )
        for table in (DecidedState, PrivateState)
    )
    return bool(session.scalar(select(decided & ~private).where(LifecycleCase.id == case_id)))


def _recommendations(
    session: Session,
    definition: Definition,
    case_id: int,
    said: Mapping[str, Any],
    at: Row,
) -> Iterator[Row]:
    answering = _holding(definition, RESPONSES)
    response = whole_text(session, case_id, definition, answering) if answering else {}
    answers = {_in(row, "number"): _in(row, "response") for row in _lines(response, RESPONSES)}
    listed = _lines(said, RECOMMENDATIONS)
    parties = _parties(session, {_in(row, "party") for row in listed})
    for place, row in enumerate(listed, 1):
        number = _in(row, "number")
        yield {
            **at,
            "place": place,
            "number": number,
            "statement": _in(row, "recommendation"),
            "party_id": parties.get(_in(row, "party")),
            "answer": answers.get(number, ""),
        }


def _ratings(said: Mapping[str, Any], at: Row) -> Iterator[Row]:
    for criterion in CRITERIA:
        points = said.get(criterion)
        if isinstance(points, str) and points.isdecimal():
            yield {**at, "criterion": criterion, "points": int(points)}


def _action(session: Session, definition: Definition, case_id: int) -> Iterator[Row]:
    case = session.execute(select(LifecycleCase).where(LifecycleCase.id == case_id)).scalar_one()
    above = session.execute(
        select(LifecycleCase.id, LifecycleCase.subject).where(LifecycleCase.id == case.parent_id)
    ).first()
    kind = definition.documents[definition.facts]
    filed = _filed_in(session, case_id, kind)
    if above is None or above.subject != EVALUATION or filed is None:
        return
    said = whole_text(session, case_id, definition, kind)
    due = said.get("due")
    day = date.fromisoformat(due) if isinstance(due, str) and is_day(due) else None
    speaks = select(CaseParty.party_id).where(
        CaseParty.case_id == case_id, CaseParty.capacity == PROPOSER
    )
    yield {
        "case_id": case_id,
        KeyAction.above_id.key: above.id,
        "action": _in(said, "action"),
        "party_id": session.scalars(speaks.order_by(CaseParty.id)).first(),
        "due": day,
        "year": day.year if day else filed,
        "state": case.state,
        "ended": case.stage == Stage.END.value,
        "open": is_open(session, above.id),
    }


def _holding(definition: Definition, table: str) -> DocumentKind | None:
    """The document of a lifecycle that has a table of this name."""
    return next(
        (
            kind
            for kind in definition.documents.values()
            if any(field.key == table and field.kind == "lines" for field in kind.fields())
        ),
        None,
    )


def _filed_in(session: Session, case_id: int, kind: DocumentKind) -> int | None:
    """The year in which the newest version of a document was filed."""
    newest = select(Document.filed_at).where(Document.case_id == case_id, Document.kind == kind.key)
    at = session.scalars(newest.order_by(Document.version.desc())).first()
    return at.year if at is not None else None


def _parties(session: Session, keys: set[str]) -> Mapping[str, int]:
    rows = session.execute(select(Party.key, Party.id).where(Party.key.in_(keys)))
    return {row.key: row.id for row in rows}


def _lines(content: Mapping[str, Any], table: str) -> Sequence[Mapping[str, Any]]:
    rows = content.get(table)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _in(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
