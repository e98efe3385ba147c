"""What an adoption record begins with: the source row, field by field, to be confirmed or corrected."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.programmes.models import ImportedProgramme

RECORD = "adoption_record"
NOT_STATED = "not stated"
# The columns of a file that a record is about, as the form calls them.
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "fund": "Fund",
    "modality": "Modality",
    "lead_countries": "Lead countries",
    "beneficiary_countries": "Beneficiary countries",
    "donors": "Donors",
    "executing_agency": "Executing agency",
    "approved": "Approved",
    "start": "Start",
    "end": "End",
    "end_planned": "Planned end",
    "budget_usd": "Budget in US dollars",
    "status": "Status",
}
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
