"""The facts of a programme begun elsewhere, as its confirmed record tells them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.programmes.record_lines import RECORD, stated_in
from workflow.programmes.search_text import searched

_REPEATED = {"fund": "fund", "modality": "modality", "start": "starts"}


def follow_record(session: Session, case_id: int) -> str:
    """Let the facts of a programme follow its record, which was confirmed; returns its title.

    What the record states counts, proposed or taken from its source, whatever the source says by now.
    Nothing is returned, and nothing changed, where no record was filed.
    """
    filed = select(Document.body).where(Document.case_id == case_id, Document.kind == RECORD)
    body = session.scalar(filed.order_by(Document.version.desc()).limit(1))
    row = session.scalar(select(ImportedProgramme.row).where(ImportedProgramme.case_id == case_id))
    if body is None or row is None:
        return ""
    stated = stated_in(canonical.parse(body))
    case = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title).where(LifecycleCase.id == case_id)
    ).one()
    title = stated.get("title") or case.title
    facts = _facts({**row, **stated}, stated)
    its = update(Programme).where(Programme.case_id == case_id)
    session.execute(its.values(**facts))
    session.execute(its.values(search_text=searched(session, case_id, case.ref, title)))
    return str(title)


def _facts(cells: Mapping[str, str], stated: Mapping[str, str]) -> dict[str, Any]:
    """The columns of a programme that repeat what its record states."""
    facts: dict[str, Any] = {
        _REPEATED[column]: cells[column] for column in stated if column in _REPEATED
    }
    facts["ends"] = cells.get("end") or cells.get("end_planned") or ""
    if "budget_usd" in stated:
        facts["budget_usd"] = Decimal(cells["budget_usd"]) if cells["budget_usd"] else None
    return facts
