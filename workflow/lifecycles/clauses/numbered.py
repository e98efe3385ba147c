"""The clauses of a text: its sections, their fields and the rows of their tables, each by its number, pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.lifecycles.documents import DocumentKind, Field

# The vocabulary of a column that names a clause of a document.
CLAUSES = "clauses"
# And of one that names somebody's own comments on it, as they read what became of them.
READINGS = "readings"
# So much of a row is quoted where it is named.
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered place: section 4, its field 4.3, or 4.3.2, the second row of the table that stands there."""

    key: str
    number: str
    title: str


def clauses(kind: DocumentKind, content: Mapping[str, Any]) -> tuple[Clause, ...]:
    """Every clause of a text that says `content`, in its order; a table has one more for each of its rows."""
    return tuple(_clauses(kind, content))


def number_of(kind: DocumentKind, section: str, field: str = "", row: int = 0) -> str:
    """The number of a place, such as 4.3.2; nothing where the form has no such section."""
    for at, each in enumerate(kind.sections, 1):
        if each.key == section:
            places = {one.key: place for place, one in enumerate(each.fields, 1)}
            parts = (at, places.get(field, 0), row)
            return ".".join(str(part) for part in parts if part)
    return ""


def _clauses(kind: DocumentKind, content: Mapping[str, Any]) -> Iterator[Clause]:
    for section in kind.sections:
        yield Clause(section.key, number_of(kind, section.key), section.title)
        for field in section.fields:
            key, number = f"{section.key}.{field.key}", number_of(kind, section.key, field.key)
            yield Clause(key, number, field.label)
            for row, quoted in enumerate(_rows(field, content.get(field.key)), 1):
                yield Clause(f"{key}.{row}", f"{number}.{row}", quoted)


def _rows(field: Field, value: Any) -> Iterator[str]:
    """What each row of a table is called: its first words; of what is confidential nothing is quoted."""
    rows = value if field.kind == "lines" and isinstance(value, list) else ()
    for row in rows:
        said = (str(row.get(each.key) or "") for each in field.columns)
        words = "" if field.confidential else next(filter(None, said), "")
        yield f"{field.label}: {words[:QUOTED]}" if words else field.label
