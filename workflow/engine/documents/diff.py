"""Two versions of a document compared in words: per section and field, for lists and lines too."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from workflow.engine.documents import comparisons
from workflow.lifecycles.documents import DocumentKind, Field, Section

WORD = re.compile(r"^\s+|(?:\w+|[^\w\s])\s*")
SENTENCE = re.compile(r"[.!?;:。！？；።؟।]\s*|.*\n\s*", re.DOTALL)
PARAGRAPH = re.compile(r".*\n\s*\n\s*", re.DOTALL)

Say = Callable[[Field, str], str]


class Change(StrEnum):
    """What happened to a piece of text between two versions."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, or one item of a list, and what happened to it."""

    change: Change
    text: str


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table, cell by cell."""

    change: Change
    cells: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field as it reads: pieces, or rows where it is a table."""

    field: Field
    pieces: Pieces = ()
    rows: tuple[TableRow, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs between the two versions."""
        changes = {piece.change for piece in self.pieces} | {row.change for row in self.rows}
        return bool(changes - {Change.SAME})

    @property
    def empty(self) -> bool:
        """Whether neither version says anything here."""
        return not self.pieces and not self.rows


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it reads, with its place in the document."""

    number: int
    key: str
    title: str
    fields: tuple[FieldText, ...]

    @property
    def changed(self) -> bool:
        """Whether any of its fields differs."""
        return any(each.changed for each in self.fields)


def between(
    kind: DocumentKind, before: Mapping[str, Any], after: Mapping[str, Any], say: Say
) -> tuple[SectionText, ...]:
    """The document as it reads after, with what was added and removed since before.

    A version compared with itself is simply the whole text. `say` puts a choice into words.
    """
    return tuple(
        _section(number, section, before, after, say)
        for number, section in enumerate(kind.sections, 1)
    )


def whole(kind: DocumentKind, content: Mapping[str, Any], say: Say) -> tuple[SectionText, ...]:
    """The document as it reads, without any marks."""
    return between(kind, content, content, say)


def words(before: str, after: str) -> Pieces:
    """The second text, word by word, with what the first one had instead."""
    if before == after:
        return (Piece(Change.SAME, after),) if after else ()
    units = SENTENCE.fullmatch, PARAGRAPH.fullmatch
    return _joined(_pieces(WORD.findall(before), WORD.findall(after), units))


def items(before: Sequence[str], after: Sequence[str]) -> Pieces:
    """The second list, item by item, with what the first one had besides."""
    return tuple(_pieces(before, after))


def rows(columns: Sequence[Field], before: Any, after: Any, say: Say) -> tuple[TableRow, ...]:
    """The second table, line by line, with what the first one had instead."""
    old, new = _cells(columns, before, say), _cells(columns, after, say)
    found: list[TableRow] = []
    for step in comparisons.steps(old, new):
        earlier, later = old[step.earlier], new[step.later]
        if step.same:
            found += [_row(columns, line, line) for line in later]
        else:
            found += [_row(columns, *pair) for pair in zip_longest(earlier, later)]
    return tuple(found)


def _section(
    number: int, section: Section, before: Mapping[str, Any], after: Mapping[str, Any], say: Say
) -> SectionText:
    fields = (
        _field(each, before.get(each.key), after.get(each.key), say) for each in section.fields
    )
    return SectionText(number, section.key, section.title, tuple(fields))


def _field(field: Field, before: Any, after: Any, say: Say) -> FieldText:
    if field.kind == "lines":
        return FieldText(field, rows=rows(field.columns, before or [], after or [], say))
    if field.kind in {"choices", "countries"}:
        listed = ([say(field, str(item)) for item in value or []] for value in (before, after))
        return FieldText(field, pieces=items(*listed))
    return FieldText(
        field, pieces=_value(field, _said(field, before, say), _said(field, after, say))
    )


def _said(field: Field, value: Any, say: Say) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return say(field, str(value)) if value else ""


def _value(field: Field, before: str, after: str) -> Pieces:
    """Prose is compared word by word; a date or an amount changes as a whole."""
    if field.kind in {"line", "text"}:
        return words(before, after)
    return items([before] if before else [], [after] if after else [])


def _cells(columns: Sequence[Field], lines: Any, say: Say) -> list[tuple[str, ...]]:
    return [tuple(_said(column, line.get(column.key), say) for column in columns) for line in lines]


def _row(
    columns: Sequence[Field], before: tuple[str, ...] | None, after: tuple[str, ...] | None
) -> TableRow:
    blank = ("",) * len(columns)
    change = (
        Change.ADDED if before is None
        else Change.REMOVED if after is None
        else Change.SAME if before == after
        else Change.CHANGED
    )  # fmt: skip
    pairs = zip(columns, before or blank, after or blank, strict=True)
    return TableRow(change, tuple(_value(column, old, new) for column, old, new in pairs))


def _pieces(
    before: Sequence[str], after: Sequence[str], coarser: Sequence[comparisons.Ends] = ()
) -> list[Piece]:
    found: list[Piece] = []
    for step in comparisons.steps(before, after, coarser):
        if step.same:
            found += [Piece(Change.SAME, part) for part in after[step.later]]
        else:
            found += [Piece(Change.REMOVED, part) for part in before[step.earlier]]
            found += [Piece(Change.ADDED, part) for part in after[step.later]]
    return found


def _joined(pieces: Sequence[Piece]) -> Pieces:
    """Neighbours with the same fate as one run."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].change is piece.change:
            found[-1] = Piece(piece.change, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
