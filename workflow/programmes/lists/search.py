"""Searching programmes: every word of a text, wherever in theirs it stands.

An index over three signs at a time says where words may stand; the text itself says where they do.
"""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, String, and_, exists, false, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from workflow.programmes.models import Programme
from workflow.search_key import fold

SIGNS = 3
LONGEST = 60


class HoldsSigns(FunctionElement[bool]):
    """The condition that a programme's text has certain runs of three signs, asked of the index."""

    type = Boolean()
    inherit_cache = True
    name = "holds_signs"


@compiles(HoldsSigns, "sqlite")
def _by_fts5(element: Any, compiler: Any, **options: Any) -> str:
    match, _ = element.clauses
    asked = compiler.process(match, **options)
    rows = "SELECT rowid FROM programme_words WHERE programme_words MATCH"
    return f"programme.case_id IN ({rows} {asked})"


@compiles(HoldsSigns, "postgresql")
def _by_tsvector(element: Any, compiler: Any, **options: Any) -> str:
    _, query = element.clauses
    asked = compiler.process(query, **options)
    return f"three_signs(programme.search_text) @@ CAST({asked} AS tsquery)"


def mentioning(text: str) -> Select[int] | None:
    """The programmes with every word of `text`, found by the index; none where it is too short for it."""
    signs = _signs(text)
    if not signs:
        return None
    match = " AND ".join('"{}"'.format(each.replace('"', '""')) for each in signs)
    query = " & ".join(
        "'{}'".format(each.replace("\\", "\\\\").replace("'", "''")) for each in signs
    )
    found = HoldsSigns(literal(match, String), literal(query, String))
    return select(Programme.case_id).where(found, _has(text))


def mentions(case_id: Any, text: str) -> ColumnElement[bool]:
    """The condition that the programme with this number has every word of `text`."""
    return exists().where(Programme.case_id == case_id, _has(text))


def _has(text: str) -> ColumnElement[bool]:
    words = [Programme.search_text.contains(word, autoescape=True) for word in fold(text).split()]
    return and_(*words) if words else false()


def _signs(text: str) -> list[str]:
    """The runs of three signs in the words, as many as tell programmes apart."""
    runs = [
        word[start : start + SIGNS]
        for word in fold(text).split()
        for start in range(len(word) - SIGNS + 1)
    ]
    return list(dict.fromkeys(runs))[:LONGEST]
