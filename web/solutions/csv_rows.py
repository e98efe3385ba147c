"""What countries share as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.filters import word
from web.solutions.words import form_called
from web.tables.comma_separated import comma_separated
from workflow.reference import reference
from workflow.sharing.lists import SharedLine

COLUMNS = (
    "number", "kind", "title", "country", "areas", "goals", "languages", "forms", "institution",
    "listed_until",
)  # fmt: skip


def sharing_file(lines: Iterable[SharedLine]) -> Response:
    """One row for each entry, by title."""
    return comma_separated("solutions.csv", COLUMNS, map(_row, lines))


def _row(line: SharedLine) -> tuple[object, ...]:
    areas = reference().areas
    return (
        line.number,
        line.kind,
        line.title,
        line.iso3,
        "; ".join(word(areas[each].label) for each in line.areas if each in areas),
        "; ".join(line.goals),
        "; ".join(line.languages),
        "; ".join(map(form_called, line.forms)),
        line.institution,
        line.holds_until.isoformat() if line.holds_until else "",
    )
