"""Places of the cases above one: which fields of a lifecycle they name, and what rows of it are called."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.lifecycles.checks.check import FACTS_ABOVE, ValuePlace
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field


def named_above(definition: Definition, place: ValuePlace) -> Iterator[Field]:
    """The fields that a place names in the lifecycle of a case above, in the documents that it means."""
    for kind in meant_above(definition, place):
        yield from (field for field in kind.fields() if field.key == place.field)


def meant_above(definition: Definition, place: ValuePlace) -> tuple[DocumentKind, ...]:
    """The documents of the lifecycle of a case above in which a place may stand.

    That is the one which it names, or each that may come to tell the facts of the case.
    """
    named = definition.documents.get(place.above)
    if named is not None:
        return (named,)
    return telling(definition) if place.above == FACTS_ABOVE else ()


def telling(definition: Definition) -> tuple[DocumentKind, ...]:
    """The documents of a lifecycle that may come to tell the facts of its cases, the first one first."""
    settled = (each.facts.document for each in definition.rounds.values() if each.facts)
    named = dict.fromkeys((definition.facts, *settled))
    return tuple(definition.documents[key] for key in named if key in definition.documents)


def narrowed(value: Any, columns: frozenset[str]) -> Any:
    """A value, or of a table these columns alone: nobody is shown more of it than is looked at."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return value
    return [{key: row[key] for key in sorted(columns) if row.get(key)} for row in value]


def has_rows_of(table: Field, rows: Any) -> bool:
    """Whether these are rows of a table: nothing but its columns, and each that has to be filled."""
    columns = {each.key for each in table.columns}
    required = {each.key for each in table.columns if each.required}
    return isinstance(rows, list) and all(
        isinstance(row, Mapping) and required <= row.keys() <= columns for row in rows
    )


def called_after(table: Field, column: str) -> Field | None:
    """The column in which the rows of a table are called something: the first of words that is not this one."""
    of_words = (each for each in table.columns if each.kind in ("line", "text"))
    return next((each for each in of_words if each.key != column), None)


def row_choices(table: Field, column: str, rows: Any) -> tuple[tuple[str, str], ...]:
    """The rows of a table as choices: what stands in the column, and with it what the row is called."""
    words = called_after(table, column)
    found: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else ():
        value = row.get(column) if isinstance(row, Mapping) else None
        if isinstance(value, str) and value:
            said = row.get(words.key) if words else ""
            found.setdefault(value, f"{value}: {said}" if said else value)
    return tuple(found.items())
