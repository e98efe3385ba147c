"""What an adoption record begins with: the source row, field by field, to be confirmed or corrected."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.programmes.models import ImportedProgramme
from workflow.programmes.record_lines import FIELDS, NOT_STATED, RECORD

LONGEST = 400


def begun(session: Session, case_id: int, kind: str) -> dict[str, Any]:
    """The content with which a form opens that was never saved: the source of a record, or nothing."""
    if kind != RECORD:
        return {}
    row = session.scalar(select(ImportedProgramme.row).where(ImportedProgramme.case_id == case_id))
    lines = [
        {"field": label, "source": str((row or {}).get(column) or NOT_STATED)[:LONGEST]}
        for column, label in FIELDS.items()
    ]
    return {"fields": lines} if row else {}
