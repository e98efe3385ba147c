"""A list of recommendations, actions or ratings as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.evaluations.words import evaluated_word
from web.tables.comma_separated import comma_separated
from workflow.evaluations.filters import EvaluationList
from workflow.evaluations.lists import EvaluationLine

COLUMNS = ("ref", "title", "number_or_points", "says", "party", "status", "due")


def evaluations_file(of: EvaluationList, lines: Iterable[EvaluationLine]) -> Response:
    """One row for each line, the newest evaluation first."""
    return comma_separated(f"{of}.csv", COLUMNS, map(_row, lines))


def _row(line: EvaluationLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.title,
        line.place,
        evaluated_word(line.says),
        line.party,
        evaluated_word(line.status),
        line.due.isoformat() if line.due else "",
    )
