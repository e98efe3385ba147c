"""The list of meetings as a file to be taken away: a row for each, or for each commitment that came of it."""

from collections.abc import Iterable, Iterator

from flask import Response

from web.filters import word
from web.tables.comma_separated import comma_separated
from workflow.meetings.lines import CommitmentLine, MeetingLine

COLUMNS = (
    "ref", "title", "kind", "region", "place", "when", "first_day", "last_day", "framework", "state",
    "invited", "came", "matches", "commitment", "commitment_title", "commitment_owner",
    "commitment_state", "commitment_due",
)  # fmt: skip


def meetings_file(lines: Iterable[MeetingLine]) -> Response:
    """One row for each meeting without commitments, and for each commitment of the others, the latest first."""
    return comma_separated("meetings.csv", COLUMNS, _rows(lines))


def _rows(lines: Iterable[MeetingLine]) -> Iterator[tuple[object, ...]]:
    for line in lines:
        for each in line.commitments or (None,):
            yield (*_of_meeting(line), *_of_commitment(each))


def _of_meeting(line: MeetingLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.title,
        word(line.kind_label),
        word(line.region_label),
        line.place,
        line.month,
        line.starts_on.isoformat() if line.starts_on else "",
        line.ends_on.isoformat() if line.ends_on else "",
        line.framework,
        word(line.state.label),
        line.invited,
        line.came,
        line.matches,
    )


def _of_commitment(line: CommitmentLine | None) -> tuple[object, ...]:
    if line is None:
        return ("",) * 5
    due = line.due.date().isoformat() if line.due else ""
    return line.ref, line.title, line.owner, word(line.state.label), due
