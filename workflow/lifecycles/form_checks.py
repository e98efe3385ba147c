"""What a form's content must look like, and what is still missing from it: pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from workflow.audit import canonical
from workflow.lifecycles.definition import DocumentKind, Field

RATINGS = ("1", "2", "3", "4", "5", "6")
_MANY = ("choices", "countries", "lines")


def faults(kind: DocumentKind, content: Mapping[str, Any]) -> dict[str, str]:
    """A sentence for each field whose value has the wrong shape; missing values are no fault.

    Values are strings (numbers, dates and money too: a decimal string), booleans for checks,
    lists of strings for choices and countries, and lists of such mappings for lines.
    """
    known = {spec.key: spec for spec in kind.fields()}
    found = {key: "This form has no such field." for key in content if key not in known}
    for key, value in content.items():
        if key in known and value not in (None, "", [], False):
            problem = _fault(known[key], value)
            if problem:
                found[key] = problem
    return found


def missing(kind: DocumentKind, content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The required fields that have no value yet, as (section title, field label)."""
    return tuple(
        (section.title, spec.label)
        for section in kind.sections
        for spec in section.fields
        if _lacking(spec, content.get(spec.key))
    )


def missing_in(kind: DocumentKind, body: bytes) -> tuple[tuple[str, str], ...]:
    """What `missing` says of a filed version's bytes."""
    return missing(kind, canonical.parse(body))


def _lacking(spec: Field, value: Any) -> bool:
    if spec.required and value in (None, "", [], False):
        return True
    if spec.kind in _MANY and isinstance(value, Sequence) and len(value) < spec.least:
        return spec.required or bool(value)
    return spec.kind == "lines" and any(_row_lacks(spec, row) for row in value or [])


def _row_lacks(spec: Field, row: Mapping[str, Any]) -> bool:
    return any(column.required and not row.get(column.key) for column in spec.columns)


def _fault(spec: Field, value: Any) -> str:
    if spec.kind in _MANY:
        if not isinstance(value, list):
            return "A list is expected here."
        return next(filter(None, _faults_inside(spec, value)), "")
    if spec.kind == "check":
        return "" if isinstance(value, bool) else "Yes or no is expected here."
    if not isinstance(value, str):
        return "Text is expected here."
    if len(value) > spec.longest:
        return f"This is {len(value)} characters; at most {spec.longest} fit."
    return _CHECKS.get(spec.kind, _any_text)(value, spec)


def _faults_inside(spec: Field, rows: list[Any]) -> Iterable[str]:
    if spec.kind != "lines":
        return (_not_text(row) for row in rows)
    return (_row_fault(spec, number, row) for number, row in enumerate(rows, 1))


def _not_text(value: Any) -> str:
    return "" if isinstance(value, str) else "Text is expected here."


def _row_fault(spec: Field, number: int, row: Any) -> str:
    columns = {column.key: column for column in spec.columns}
    if not isinstance(row, Mapping):
        return f"Line {number}: columns are expected here."
    for key, value in row.items():
        if key not in columns:
            return f"Line {number}: there is no column “{key}”."
        problem = _fault(columns[key], value) if value not in (None, "") else ""
        if problem:
            return f"Line {number}, {columns[key].label}: {problem}"
    return ""


def _any_text(_value: str, _spec: Field) -> str:
    return ""


def _date(value: str, _spec: Field) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        return "A date such as 2005-07-01 is expected."
    return ""


def _money(value: str, _spec: Field) -> str:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return "An amount such as 120000 is expected, without letters."
    return (
        ""
        if amount.is_finite() and abs(amount) < Decimal(10) ** 14
        else "This amount is too large."
    )


def _number(value: str, _spec: Field) -> str:
    return "" if value.lstrip("-").isdigit() and len(value) < 16 else "A whole number is expected."


def _rating(value: str, _spec: Field) -> str:
    return "" if value in RATINGS else "A rating from 1 to 6 is expected."


def _choice(value: str, spec: Field) -> str:
    if spec.options and value not in {option for option, _ in spec.options}:
        return "Choose one of the options offered."
    return ""


_CHECKS = {"date": _date, "money": _money, "number": _number, "rating": _rating, "choice": _choice}
