"""The line of a blocker as its told text says, with who owns it and how it stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.free_text import line
from workflow.programmes.models import ListedBlocker
from workflow.vocabulary import Stage

# What the lifecycle of a blocker is about, and the part of whoever can move it.
SUBJECT = "blocker"
OWNER = "owner"
# As many letters as the title of a case, and a line here, have room for.
LONGEST = 300


def take_effect(
    session: Session, case_id: int, framework_id: int | None, said: Mapping[str, Any]
) -> str:
    """List a blocker as its text tells it, in place of what was listed; returns what it is called now.

    What the text leaves out is empty; its age is counted from the day on which it was raised then.
    """
    session.execute(delete(ListedBlocker).where(ListedBlocker.case_id == case_id))
    values = line_of(session, case_id, framework_id, said)
    session.execute(insert(ListedBlocker).values(values))
    above = session.get_one(LifecycleCase, values["programme_id"])
    return line(f"{values['blocked']}: {above.title}")[:LONGEST].rstrip()


def line_of(
    session: Session, case_id: int, framework_id: int | None, said: Mapping[str, Any]
) -> dict[str, Any]:
    """What is listed of a blocker, by column."""
    case = session.execute(
        select(
            LifecycleCase.state,
            LifecycleCase.stage,
            LifecycleCase.entered_at,
            LifecycleCase.opened_at,
        ).where(LifecycleCase.id == case_id)
    ).one()
    owner = select(CaseParty.party_id).where(
        CaseParty.case_id == case_id, CaseParty.capacity == OWNER
    )
    since = str(said.get("since") or "")
    return {
        "case_id": case_id,
        "programme_id": top(session, case_id),
        "framework_id": framework_id,
        "blocked": str(said.get("blocked") or "")[:LONGEST],
        "sort": str(said.get("sort") or ""),
        "category": str(said.get("category") or ""),
        "decides": str(said.get("decides") or ""),
        "since": date.fromisoformat(since) if since else case.opened_at.date(),
        "owner_id": session.scalar(owner.order_by(CaseParty.party_id)),
        "state": case.state,
        "entered_at": case.entered_at,
        "ended": case.stage == Stage.END.value,
    }


def top(session: Session, case_id: int) -> int:
    """The case that no other stands above: the programme under which a case was opened."""
    above = session.scalar(select(ChildCase.parent_id).where(ChildCase.case_id == case_id))
    return case_id if above is None else top(session, above)
