"""Milestones of a work plan that is in force, of which the day is past: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.documents import DocumentKind

# The table of a plan that is read by this name, and its columns.
MILESTONES, MILESTONE, OUTPUT, DUE = "milestones", "milestone", "output", "due"


@dataclass(frozen=True, slots=True)
class PastMilestone:
    """What was to be seen to be done by a day that is past, for which output, and how many days ago."""

    milestone: str
    output: str
    due: date
    days: int


def past_milestones(
    kind: DocumentKind, content: Mapping[str, Any], today: date
) -> tuple[PastMilestone, ...]:
    """The milestones of a plan whose day is past, the longest past first; nothing for other texts.

    Whether one was reached stands in no plan: the report of the period says so.
    """
    table = next((each for each in kind.fields() if each.key == MILESTONES), None)
    if table is None or not {MILESTONE, DUE} <= {each.key for each in table.columns}:
        return ()
    rows = [row for row in content.get(MILESTONES) or () if isinstance(row, Mapping)]
    dated = [
        (date.fromisoformat(row[DUE]), row)
        for row in rows
        if isinstance(row.get(DUE), str) and is_day(row[DUE])
    ]
    return tuple(
        PastMilestone(
            str(row.get(MILESTONE) or ""), str(row.get(OUTPUT) or ""), due, (today - due).days
        )
        for due, row in sorted(dated, key=lambda each: each[0])
        if due < today
    )
