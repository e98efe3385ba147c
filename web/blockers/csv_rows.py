"""Blockers as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.blockers.words import goes_to
from web.filters import word
from web.tables.comma_separated import comma_separated
from workflow.blockers.lines import BlockerLine
from workflow.clock import written

COLUMNS = (
    "ref", "blocked", "risk", "category", "since", "days", "programme", "title", "owner", "state",
    "state_since", "goes_up_on", "goes_up_to",
)  # fmt: skip


def blockers_file(lines: Iterable[BlockerLine]) -> Response:
    """One row for each blocker, the oldest first."""
    return comma_separated("blockers.csv", COLUMNS, map(_row, lines))


def _row(line: BlockerLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.blocked,
        "yes" if line.risk else "no",
        word(line.category),
        line.since.isoformat(),
        line.days,
        line.programme,
        line.title,
        line.owner,
        word(line.state.label),
        written(line.entered_at),
        written(line.up.on) if line.up else "",
        goes_to(line.up) if line.up else "",
    )
