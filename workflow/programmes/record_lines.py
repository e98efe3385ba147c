"""What an adoption record proposes beside its source, line by line, as facts of the programme."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.free_text import line
from workflow.phrase import Phrase, Term, phrase, together

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
_COLUMN = {label: column for column, label in FIELDS.items()}
_UNKNOWN = ("unknown", NOT_STATED)
_DAY = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?", re.ASCII)
_MONEY = re.compile(r"\d{1,14}(\.\d{1,2})?", re.ASCII)
_DAYS = ("approved", "start", "end", "end_planned")
_LONGEST = {"title": 300, "fund": 120, "modality": 60, "status": 40}
_PLACED = ("lead_countries", "beneficiary_countries", "donors", "executing_agency")


def record_faults(content: Mapping[str, Any]) -> dict[str, Phrase]:
    """What a record proposes that could not become a fact of its programme, at the field of the form."""
    faults = [fault for each in content.get("fields") or () if (fault := _fault(each))]
    faults += [] if faults else _order(content)
    return {"fields": together(faults)} if faults else {}


def proposed_in(content: Mapping[str, Any]) -> dict[str, str]:
    """What a record proposes, by column, as a file would write it; what is unknown is empty."""
    return {
        _COLUMN[each["field"]]: _spelt(_COLUMN[each["field"]], each["proposed"])
        for each in content.get("fields") or ()
        if each.get("field") in _COLUMN and line(each.get("proposed") or "")
    }


def stated_in(content: Mapping[str, Any]) -> dict[str, str]:
    """What a record comes to, by column: what it proposes, or else what stands there as its source.

    A source that could be no fact is left out; what was not stated is empty.
    """
    said = {
        _COLUMN[each["field"]]: "" if each.get("source") == NOT_STATED else each.get("source") or ""
        for each in content.get("fields") or ()
        if each.get("field") in _COLUMN
    }
    able = {column: source for column, source in said.items() if _could_be(column, source)}
    return able | proposed_in(content)


def _could_be(column: str, said: str) -> bool:
    """Whether a value could become a fact of a programme."""
    if len(said) > _LONGEST.get(column, len(said)):
        return False
    return not said or _misspelt(column, Term(FIELDS[column]), said) is None


def _spelt(column: str, said: str) -> str:
    text = line(said)
    if text.casefold() in _UNKNOWN:
        return ""
    return text.replace(",", "").replace(" ", "") if column == "budget_usd" else text


def _fault(each: Mapping[str, str]) -> Phrase | None:
    """Why what is proposed in one line could not become a fact."""
    column = _COLUMN.get(each.get("field") or "", "")
    if not column or not line(each.get("proposed") or ""):
        return None
    label, said = Term(FIELDS[column]), _spelt(column, each["proposed"])
    if column in _PLACED:
        return phrase("%(field)s: who takes part is said where the record is placed.", field=label)
    if column == "title" and not said:
        return phrase("%(field)s: a programme is called something.", field=label)
    if len(said) > (most := _LONGEST.get(column, len(said))):
        return phrase("%(field)s: at most %(most)s characters.", field=label, most=most)
    return _misspelt(column, label, said) if said else None


def _misspelt(column: str, label: Term, said: str) -> Phrase | None:
    if column in _DAYS and not _is_day(said):
        return phrase(
            "%(field)s: write a day, a month or a year, such as 2028-03-31, 2028-03 or 2028, or "
            "“unknown”.",
            field=label,
        )
    if column == "budget_usd" and not _MONEY.fullmatch(said):
        return phrase("%(field)s: write a number, such as 250000, or “unknown”.", field=label)
    return None


def _is_day(said: str) -> bool:
    if not _DAY.fullmatch(said):
        return False
    try:
        date.fromisoformat(f"{said}-01-01"[:10])
    except ValueError:
        return False
    return True


def _order(content: Mapping[str, Any]) -> list[Phrase]:
    """That the programme would end before it starts, where both are known."""
    stated = stated_in(content)
    start, end = stated.get("start", ""), stated.get("end") or stated.get("end_planned", "")
    known = min(len(start), len(end))
    if end[:known] >= start[:known]:
        return []
    return [phrase("%(field)s: it would be before the start.", field=Term(FIELDS["end"]))]
