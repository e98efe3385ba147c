"""For what a case was begun: what somebody committed to at a meeting, or a match of its report; told on its trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.events.countries.meetings import CaseCameOf
from workflow.engine.children.models import ChildCase
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.programmes.meetings.lines import REPORT, SUBJECT
from workflow.programmes.models import CaseOrigin

COMMITMENT, MATCHES, CAME_OF = "commitment", "matches", "came_of"
# From then on the report of a meeting is final.
FINAL = ("reported", "closed")


@dataclass(frozen=True, slots=True)
class Origin:
    """For what a case is begun: the case of a commitment, or a meeting with the number of a match in its report."""

    ref: str
    match: str = ""


@dataclass(frozen=True, slots=True)
class CameOf:
    """What was committed to at a meeting, or a meeting with the number of a match there: for which a case was begun."""

    ref: str
    title: str
    match: str


def came_of(work: UnitOfWork, origin: Origin) -> None:
    """Tell on the trail of a case that was just opened for what it was begun, and keep that.

    Refuses at the field `came_of` what is no commitment and no match, and what the person may not know of.
    """
    session = work.session
    found = visible_case(session, origin.ref, work.actor or 0, work.now)
    _refuse_none(session, found.id, origin)
    work.note(CaseCameOf(origin=origin.ref, row=origin.match or None))
    session.execute(
        insert(CaseOrigin).values(case_id=work.case.id, origin_id=found.id, row=origin.match)
    )


def match_of(session: Session, ref: str, number: str) -> Mapping[str, Any] | None:
    """The match with a number in the report of the meeting called `ref`; none while the report is not final."""
    case = session.execute(
        select(LifecycleCase.id, LifecycleCase.state).where(
            LifecycleCase.ref == ref, LifecycleCase.subject == SUBJECT
        )
    ).first()
    if case is None or case.state not in FINAL:
        return None
    filed = select(Document.body).where(Document.case_id == case.id, Document.kind == REPORT)
    body = session.scalar(filed.order_by(Document.version.desc()).limit(1))
    rows = canonical.parse(body).get(MATCHES) if body else None
    return next((row for row in rows or () if str(row.get("number")) == number), None)


def _refuse_none(session: Session, case_id: int, origin: Origin) -> None:
    if origin.match:
        if match_of(session, origin.ref, origin.match) is None:
            raise no_match(origin)
        return
    below = select(ChildCase.case_id).where(
        ChildCase.case_id == case_id, ChildCase.kind == COMMITMENT
    )
    if session.scalar(below) is None:
        nothing = phrase("%(ref)s is nothing that was committed to at a meeting.", ref=origin.ref)
        raise Invalid(nothing, {CAME_OF: nothing})


def no_match(origin: Origin) -> Invalid:
    """That a meeting has no such match in a final report."""
    none = phrase(
        "There is no match %(number)s in a final report of %(ref)s.",
        number=f"{origin.match:.20}", ref=f"{origin.ref:.40}",
    )  # fmt: skip
    return Invalid(none, {CAME_OF: none})
