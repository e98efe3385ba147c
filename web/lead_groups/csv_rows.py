"""The list of lead groups as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.filters import word
from web.tables.comma_separated import comma_separated
from web.wording import area_label
from workflow.lead_groups.lines import GroupLine

COLUMNS = (
    "ref",
    "title",
    "area",
    "area_in_words",
    "framework",
    "members",
    "convenor",
    "programmes",
    "state",
    "since",
)


def groups_file(lines: Iterable[GroupLine]) -> Response:
    """One row for each group, the newest first."""
    return comma_separated("lead-groups.csv", COLUMNS, map(_row, lines))


def _row(line: GroupLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.title,
        line.area,
        area_label(line.area),
        line.framework,
        " ".join(line.members),
        line.convenor,
        line.programmes,
        word(line.state.label),
        line.since.date().isoformat(),
    )
