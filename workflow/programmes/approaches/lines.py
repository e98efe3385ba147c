"""What an approach to a country comes to: the interest that its answer registers, and its line in the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase, Round
from workflow.frameworks.models import Framework
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.people.pivotal.interests import (
    DECLINES,
    LATER,
    ask_interest,
    decline_interest,
    end_interest,
    register_interest,
)
from workflow.programmes.approaches.notices import tell_programmes
from workflow.programmes.models import ListedApproach
from workflow.vocabulary import Stage

# What the lifecycle of an approach is about, the part of whoever is asked, and its documents.
SUBJECT = "approach"
APPROACHED = "approached"
ANSWER, NOTICE = "country_answer", "notice"
LEAD, SUPPORT, AGAIN, NO = "lead", "support", "later", "no"
# The states in which the country owes an answer.
WAITING = ("asked", "anew")
SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class _About:
    """Which country a case asks, and about which area."""

    party_id: int
    area: str


def take_effect(
    session: Session, case_id: int, said: Mapping[str, Any], *, by: int | None, now: datetime
) -> None:
    """Let the register say that a country was asked, what it answered, or until when that holds.

    `said` is the approach itself, an answer, or a notice. Whoever answers that it leads or supports is
    consulted from then on, up to the last day that it named.
    """
    about = _about(session, case_id)
    country, area = about.party_id, about.area
    if asked := _day(said.get("asked_on")):
        ask_interest(session, country, area, asked, by=by, now=now)
    elif ends := _day(said.get("ends_on")):
        end_interest(session, country, area, ends, by=by, now=now)
        tell_programmes(session, case_id, country, area, ends, by=by, now=now)
    elif (answer := said.get("answer")) in (LEAD, SUPPORT):
        register_interest(
            session, country, area, now.date(), "",
            supports=answer == SUPPORT, until=_day(said.get("valid_until")), by=by, now=now,
        )  # fmt: skip
    elif answer in (AGAIN, NO):
        kept = LATER if answer == AGAIN else DECLINES
        decline_interest(session, country, area, kept, now.date(), "", by=by, now=now)


def follow(session: Session, definition: Definition, case_id: int) -> None:
    """Have the line of an approach say what its texts say; cases about anything else have none."""
    if definition.subject != SUBJECT:
        return
    session.execute(delete(ListedApproach).where(ListedApproach.case_id == case_id))
    if line := line_of(session, definition, case_id):
        session.execute(insert(ListedApproach).values(line))


def line_of(session: Session, definition: Definition, case_id: int) -> dict[str, Any] | None:
    """What is listed of an approach, by column; nothing while it does not say whom it asks about what."""
    said = _newest(session, case_id, definition.facts)
    asked = _day(said.get("asked_on"))
    country, area = said.get(APPROACHED), said.get("area")
    if asked is None or not country or not area:
        return None
    case = session.execute(
        select(LifecycleCase.state, LifecycleCase.stage, LifecycleCase.entered_at).where(
            LifecycleCase.id == case_id
        )
    ).one()
    party = select(CaseParty.party_id).where(
        CaseParty.case_id == case_id, CaseParty.capacity == APPROACHED
    )
    wrote = select(Document.person_id).where(
        Document.case_id == case_id, Document.kind == definition.facts
    )
    party_id = session.scalar(party)
    if party_id is None:
        return None
    under = select(Framework.id).where(Framework.key == str(said.get("framework") or ""))
    return {
        "case_id": case_id,
        "party_id": party_id,
        "area": area,
        "framework_id": session.scalar(under),
        "asker_id": session.scalar(wrote.order_by(Document.version.desc()).limit(1)),
        "channel": str(said.get("channel") or ""),
        "asked_on": asked,
        **_answered(session, definition, case_id),
        "state": case.state,
        "entered_at": case.entered_at,
        "ended": case.stage == Stage.END.value,
        "waits": case.state in WAITING,
        "open": not definition.states[case.state].private,
    }


def _answered(session: Session, definition: Definition, case_id: int) -> dict[str, Any]:
    """The last answer that took effect, and until when it holds by that or by a notice since."""
    found: dict[str, Any] = {
        "answer": "", "answered_on": None, "valid_until": None, "again_on": None,
    }  # fmt: skip
    effects = {
        (spec.key, spec.facts.outcome): spec.facts.document
        for spec in definition.rounds.values()
        if spec.facts is not None and spec.facts.document in (ANSWER, NOTICE)
    }
    settled = (
        select(Round.key, Round.outcome, Round.settled_at)
        .where(Round.case_id == case_id, Round.status == SETTLED)
        .order_by(Round.settled_at, Round.id)
    )
    for row in session.execute(settled):
        document = effects.get((row.key, row.outcome))
        if document is None or row.settled_at is None:
            continue
        said = _newest(session, case_id, document, row.settled_at)
        if document == NOTICE:
            found["valid_until"] = _day(said.get("ends_on"))
        else:
            found = {
                "answer": str(said.get("answer") or ""),
                "answered_on": row.settled_at.date(),
                "valid_until": _day(said.get("valid_until")),
                "again_on": _day(said.get("again_on")),
            }
    return found


def _newest(
    session: Session, case_id: int, kind: str, by: datetime | None = None
) -> Mapping[str, Any]:
    """What the newest version of a document says, or the newest that was filed by an instant."""
    filed = select(Document.body).where(Document.case_id == case_id, Document.kind == kind)
    if by is not None:
        filed = filed.where(Document.filed_at <= by)
    body = session.scalar(filed.order_by(Document.version.desc()).limit(1))
    found: Mapping[str, Any] = canonical.parse(body) if body else {}
    return found


def _about(session: Session, case_id: int) -> _About:
    row = session.execute(
        select(CaseParty.party_id, CaseArea.area)
        .join(CaseArea, CaseArea.case_id == CaseParty.case_id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == APPROACHED)
    ).one()
    return _About(row.party_id, row.area)


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and is_day(written) else None
