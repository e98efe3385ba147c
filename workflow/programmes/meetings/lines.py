"""The line of a meeting in the list: what its texts say of when and where it is, and of whom it brings together."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase
from workflow.frameworks.models import Framework
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.programmes.models import ListedMeeting
from workflow.vocabulary import Stage

# What the lifecycle of a meeting is about, the part of whoever is invited, and its texts beside its facts.
SUBJECT, INVITED = "meeting", "invited"
ATTENDANCE, REPORT = "attendance", "report"
LAST_YEAR = 9999


def follow(session: Session, definition: Definition, case_id: int) -> None:
    """Have the line of a meeting say what its texts say; cases about anything else have none."""
    if definition.subject != SUBJECT:
        return
    session.execute(delete(ListedMeeting).where(ListedMeeting.case_id == case_id))
    if line := line_of(session, definition, case_id):
        session.execute(insert(ListedMeeting).values(line))


def line_of(session: Session, definition: Definition, case_id: int) -> dict[str, Any] | None:
    """What is listed of a meeting, by column; nothing while it does not say of what kind and in which year it is."""
    said = _newest(session, case_id, definition.facts)
    year = str(said.get("year") or "")
    if not said.get("kind") or not year.isdecimal() or not 0 < int(year) <= LAST_YEAR:
        return None
    case = session.execute(
        select(LifecycleCase.state, LifecycleCase.stage, LifecycleCase.entered_at).where(
            LifecycleCase.id == case_id
        )
    ).one()
    came, told = _newest(session, case_id, ATTENDANCE), _newest(session, case_id, REPORT)
    under = select(Framework.id).where(Framework.key == str(said.get("framework") or ""))
    starts, ends = _day(said.get("starts_on")), _day(said.get("ends_on"))
    return {
        "case_id": case_id,
        "kind": said["kind"],
        "region": said.get("region") or "",
        "place": said.get("place") or "",
        "on_key": on_key(int(year), str(said.get("month") or ""), starts),
        "starts_on": starts,
        "ends_on": ends,
        "framework_id": session.scalar(under),
        "invited": len(said.get(INVITED) or ()),
        "came": len(came.get("came") or ()),
        "commitments": len(told.get("commitments") or ()),
        "matches": len(told.get("matches") or ()),
        "state": case.state,
        "entered_at": case.entered_at,
        "ended": case.stage == Stage.END.value,
        "open": not definition.states[case.state].private,
    }


def on_key(year: int, month: str = "", day: date | None = None) -> int:
    """When a meeting begins as one number, such as 20031100 for some day of November 2003."""
    if day is not None:
        return day.year * 10_000 + day.month * 100 + day.day
    return year * 10_000 + (int(month) if month.isdecimal() else 0) * 100


def _newest(session: Session, case_id: int, kind: str) -> Mapping[str, Any]:
    """What the newest version of a document says."""
    filed = select(Document.body).where(Document.case_id == case_id, Document.kind == kind)
    body = session.scalar(filed.order_by(Document.version.desc()).limit(1))
    found: Mapping[str, Any] = canonical.parse(body) if body else {}
    return found


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and is_day(written) else None
