"""The questions that a round asks besides its verdict, read from a form."""

from collections.abc import Mapping
from typing import Any

from workflow.free_text import line, prose
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import Field

PREFIX = "question-"
MOST_LINES = 60
BLANK_LINES = 3

Form = Mapping[str, str]


def name_of(field: Field, number: int | None = None, column: Field | None = None) -> str:
    """What the control of a question is called, or of one cell of its table."""
    if number is None or column is None:
        return f"{PREFIX}{field.key}"
    return f"{PREFIX}{field.key}-{number}-{column.key}"


def read(spec: RoundSpec, form: Form) -> dict[str, Any]:
    """What was answered; a line that is left blank and a choice not made are left out."""
    found: dict[str, Any] = {}
    for field in spec.questions:
        match field.kind:
            case "check":
                found[field.key] = bool(form.get(name_of(field)))
            case "lines":
                found[field.key] = _lines(field, form)
            case _:
                found[field.key] = _clean(field, form.get(name_of(field), ""))
    return {key: value for key, value in found.items() if value not in ("", [])}


def blank_lines(answered: int) -> int:
    """How many lines a table of answers offers."""
    return min(answered + BLANK_LINES, MOST_LINES)


def _lines(field: Field, form: Form) -> list[dict[str, str]]:
    rows = (
        {
            column.key: _clean(column, form.get(name_of(field, number, column), ""))
            for column in field.columns
        }
        for number in range(MOST_LINES)
    )
    return [filled for row in rows if (filled := {k: v for k, v in row.items() if v})]


def _clean(field: Field, text: str) -> str:
    return prose(text) if field.kind == "text" else line(text)
