"""What a form's content must look like, and what is still missing from it: pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from workflow import free_text
from workflow.audit import canonical
from workflow.lifecycles.checks.known import amount_of, is_day
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.phrase import Phrase, Term, phrase

RATINGS = ("1", "2", "3", "4", "5", "6")
# What says that nothing is written.
NOTHING: tuple[Any, ...] = (None, "", [])
_MANY = ("choices", "countries", "lines")
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)


def as_kept(fields: Iterable[Field], content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with every text in the spelling that is kept; what has another shape stays."""
    known = {spec.key: spec for spec in fields}
    return {key: _spelled(known.get(key), value) for key, value in content.items()}


def _spelled(spec: Field | None, value: Any) -> Any:
    match value:
        case str() if spec is not None:
            return free_text.prose(value) if spec.kind == "text" else free_text.line(value)
        case list() if spec is not None and spec.kind in _MANY:
            return [_spelled(spec, each) for each in value]
        case Mapping() if spec is not None and spec.kind == "lines":
            return as_kept(spec.columns, value)
    return value


def faults(kind: DocumentKind, content: Mapping[str, Any]) -> dict[str, Phrase]:
    """A sentence for each field whose value has the wrong shape; missing values are no fault.

    Values are strings (numbers, dates and money too: a decimal string), booleans for checks,
    lists of strings for choices and countries, and lists of such mappings for lines.
    """
    known = {spec.key: spec for spec in kind.fields()}
    found = {key: phrase("This form has no such field.") for key in content if key not in known}
    for key, value in content.items():
        if key in known and value not in (None, "", [], False):
            problem = _fault(known[key], value)
            if problem:
                found[key] = problem
    return found


def with_repeated(
    kind: DocumentKind, content: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The content with what it leaves to an earlier document, as that document has it."""
    taken = {
        field.key: others.get(field.repeats.document, {}).get(field.repeats.field)
        for field in kind.fields()
        if field.repeats is not None and content.get(field.key) in NOTHING
    }
    return {**content, **{key: value for key, value in taken.items() if value}}


def missing(kind: DocumentKind, content: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The required fields that have no value yet, as (section title, field label)."""
    return tuple(
        (section.title, spec.label)
        for section in kind.sections
        for spec in section.fields
        if _lacking(spec, content.get(spec.key))
    )


def lacking(fields: Iterable[Field], content: Mapping[str, Any]) -> tuple[Field, ...]:
    """Those of `fields` that must have a value and have none."""
    return tuple(field for field in fields if _lacking(field, content.get(field.key)))


def lacking_in_line(spec: Field, value: Any) -> tuple[int, Field] | None:
    """The first line of a table that lacks what it must have, by its number, and the column that it lacks."""
    rows = value or [] if spec.kind == "lines" else []
    return next(
        (
            (number, column)
            for number, row in enumerate(rows, 1)
            for column in _row_lacks(spec, row)
        ),
        None,
    )


def missing_in(kind: DocumentKind, body: bytes) -> tuple[tuple[str, str], ...]:
    """What `missing` says of a filed version's bytes."""
    return missing(kind, canonical.parse(body))


def _lacking(spec: Field, value: Any) -> bool:
    if spec.required and value in (None, "", [], False):
        return True
    if spec.kind in _MANY and isinstance(value, Sequence) and len(value) < spec.least:
        return spec.required or bool(value)
    return lacking_in_line(spec, value) is not None


def _row_lacks(spec: Field, row: Mapping[str, Any]) -> Iterable[Field]:
    return (column for column in spec.columns if column.required and not row.get(column.key))


def _fault(spec: Field, value: Any) -> Phrase | None:
    if spec.kind in _MANY:
        if not isinstance(value, list):
            return phrase("A list is expected here.")
        return next(filter(None, _faults_inside(spec, value)), None)
    if spec.kind == "check":
        return None if isinstance(value, bool) else phrase("Yes or no is expected here.")
    return _not_text(value) or _text_fault(spec, value)


def _text_fault(spec: Field, value: str) -> Phrase | None:
    if len(value) > spec.longest:
        return phrase(
            "This is %(count)s characters; at most %(longest)s fit.",
            count=len(value),
            longest=spec.longest,
        )
    return _CHECKS.get(spec.kind, _any_text)(value, spec)


def _faults_inside(spec: Field, rows: list[Any]) -> Iterable[Phrase | None]:
    if spec.kind != "lines":
        return (_not_text(row) for row in rows)
    return (_row_fault(spec, number, row) for number, row in enumerate(rows, 1))


def _not_text(value: Any) -> Phrase | None:
    if not isinstance(value, str):
        return phrase("Text is expected here.")
    return free_text.fault(value)


def _row_fault(spec: Field, number: int, row: Any) -> Phrase | None:
    columns = {column.key: column for column in spec.columns}
    if not isinstance(row, Mapping):
        return phrase("Line %(number)s: columns are expected here.", number=number)
    for key, value in row.items():
        if key not in columns:
            return phrase("Line %(number)s: there is no column “%(key)s”.", number=number, key=key)
        problem = _fault(columns[key], value) if value not in (None, "") else None
        if problem:
            return phrase(
                "Line %(number)s, %(label)s: %(problem)s",
                number=number,
                label=Term(columns[key].label),
                problem=problem,
            )
    return None


def _any_text(_value: str, _spec: Field) -> Phrase | None:
    return None


def _date(value: str, _spec: Field) -> Phrase | None:
    return None if is_day(value) else phrase("A date such as 2005-07-01 is expected.")


def _money(value: str, spec: Field) -> Phrase | None:
    amount = amount_of(value)
    if amount is None:
        return phrase("An amount such as 120000 is expected, without letters.")
    if amount < 0 and not spec.below_zero:
        return phrase("An amount below zero is not expected here.")
    return None if abs(amount) < Decimal(10) ** 14 else phrase("This amount is too large.")


def _decimal(value: str, _spec: Field) -> Phrase | None:
    figure = amount_of(value)
    if figure is None:
        return phrase("A number such as 12 or 12.5 is expected, without letters.")
    return None if abs(figure) < Decimal(10) ** 14 else phrase("This number is too large.")


def _number(value: str, _spec: Field) -> Phrase | None:
    return None if _WHOLE.fullmatch(value) else phrase("A whole number is expected.")


def _rating(value: str, _spec: Field) -> Phrase | None:
    return None if value in RATINGS else phrase("A rating from 1 to 6 is expected.")


def _choice(value: str, spec: Field) -> Phrase | None:
    if spec.options and value not in {option for option, _ in spec.options}:
        return phrase("Choose one of the options offered.")
    return None


_CHECKS = {
    "date": _date, "money": _money, "decimal": _decimal, "number": _number, "rating": _rating, "choice": _choice,
}  # fmt: skip
