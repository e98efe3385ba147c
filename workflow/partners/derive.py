"""What vettings and agreements come to as rows: how a partner was decided on, and what it agreed to give."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.database import Base
from workflow.engine.document_models import Document
from workflow.engine.models import CaseParty, LifecycleCase, Round, SignOff
from workflow.lifecycles.checks.known import amount_of, is_day
from workflow.lifecycles.definition import Definition
from workflow.partners.models import PartnerAgreement, PartnerVetting
from workflow.people.models import Party
from workflow.vocabulary import PROPOSER

VETTING, AGREEMENT = "vetting", "agreement"
TABLES: Mapping[str, tuple[type[Base], ...]] = {
    VETTING: (PartnerVetting,),
    AGREEMENT: (PartnerAgreement,),
}
# What a vetting of a partner proposes, and what it comes to once two have agreed to that.
RESULTS: Mapping[str, str] = {"pass": "passed", "conditions": "conditions", "refuse": "refused"}
PASSED = ("passed", "conditions")
# The outcome of a rule by which everybody has said yes.
COMPLETE = "complete"
# In which document of a vetting it is said that a condition was met.
MET = "conditions_met"
Row = Mapping[str, Any]


class SettledText(NamedTuple):
    """A text that everybody agreed to: what it said then, and when the last of them did."""

    said: Mapping[str, Any]
    at: datetime


def tables_of(definition: Definition) -> tuple[type[Base], ...]:
    """The tables of which cases of a lifecycle may have a row."""
    return TABLES.get(definition.subject, ())


def derived(session: Session, definition: Definition, case_id: int) -> dict[type[Base], list[Row]]:
    """The rows of these tables that the filed texts of a case come to."""
    of = {VETTING: _vetting, AGREEMENT: _agreement}
    return {
        table: list(of[definition.subject](session, definition, case_id))
        for table in tables_of(definition)
    }


def _vetting(session: Session, definition: Definition, case_id: int) -> Iterator[Row]:
    settled = settled_text(session, definition, case_id)
    decided = settled.said if settled else {}
    # What was decided of one partner is never another's, whatever is written for a renewal.
    said = decided or newest_text(session, case_id, definition.facts)
    party = _party(session, said.get("partner"))
    if party is None:
        return
    conditions = {str(row.get("number")) for row in decided.get("conditions") or ()}
    yield {
        "case_id": case_id,
        "party_id": party,
        "result": RESULTS.get(str(decided.get("recommendation")), ""),
        "decided_on": settled.at.date() if settled else None,
        "valid_until": _day(decided.get("valid_until")),
        "conditions": len(conditions),
        "met": len(conditions & set(_met(session, case_id))),
    }


def _agreement(session: Session, definition: Definition, case_id: int) -> Iterator[Row]:
    case = session.execute(
        select(LifecycleCase.parent_id, CaseParty.party_id)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .where(LifecycleCase.id == case_id, CaseParty.capacity == PROPOSER)
    ).one()
    said = newest_text(session, case_id, definition.facts)
    settled = settled_text(session, definition, case_id)
    text = settled.said if settled else said
    if case.parent_id is None or not text:
        return
    yield {
        "case_id": case_id,
        "above_id": case.parent_id,
        "party_id": case.party_id,
        "hundredths": int((amount_of(str(text.get("amount") or "")) or 0) * 100),
        "currency": str(text.get("currency") or "")[:3],
        "in_kind": len(text.get("in_kind") or ()),
        "signed_on": settled.at.date() if settled else None,
    }


def newest_text(session: Session, case_id: int, kind: str) -> Mapping[str, Any]:
    """What a document of a case says by now; nothing where none was filed."""
    asked = select(Document.body).where(Document.case_id == case_id, Document.kind == kind)
    body = session.scalars(asked.order_by(Document.version.desc()).limit(1)).first()
    return canonical.parse(body) if body is not None else {}


def settled_text(session: Session, definition: Definition, case_id: int) -> SettledText | None:
    """The text of the facts as everybody agreed to it last; nothing where they did not yet."""
    keys = [
        key for key, spec in definition.rounds.items()
        if spec.facts is not None and spec.facts.document == definition.facts
    ]  # fmt: skip
    agreed = (
        select(SignOff.event_seq, SignOff.at)
        .join(Round, Round.id == SignOff.round_id)
        .where(Round.case_id == case_id, Round.key.in_(keys), Round.outcome == COMPLETE)
    )
    last = session.execute(agreed.order_by(SignOff.event_seq.desc()).limit(1)).first()
    if last is None:
        return None
    filed = select(Document.body).where(
        Document.case_id == case_id, Document.kind == definition.facts,
        Document.event_seq < last.event_seq,
    )  # fmt: skip
    body = session.scalars(filed.order_by(Document.version.desc()).limit(1)).first()
    return SettledText(canonical.parse(body) if body is not None else {}, last.at)


def _met(session: Session, case_id: int) -> Iterator[str]:
    """The numbers of the conditions of which it is said that they were met."""
    asked = select(Document.body).where(Document.case_id == case_id, Document.kind == MET)
    for body in session.scalars(asked):
        yield str(canonical.parse(body).get("number"))


def _party(session: Session, key: Any) -> int | None:
    return session.scalar(select(Party.id).where(Party.key == str(key))) if key else None


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and is_day(written) else None
