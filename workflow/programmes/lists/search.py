"""Searching programmes: every word of a text, wherever in theirs it stands.

An index over three signs at a time says where words may stand; the text itself says where they do.
What the two databases say differently is a condition of its own here.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, String, and_, exists, false, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from workflow.programmes.models import Programme
from workflow.search_key import every_sign, fts5_match, ts_query, words_of


class Condition(FunctionElement[bool]):
    """A condition that each database says in its own way; of its two values, each takes one."""

    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """The condition as it is: no comparison with true, which no index would answer."""
        return self


class HoldsSigns(Condition):
    """The condition that a programme's text has certain runs of three signs, asked of the index."""

    inherit_cache = True
    name = "holds_signs"


class AmongMany(Condition):
    """The condition that a line is one of many programmes, named in one value."""

    inherit_cache = True
    name = "among_many"


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


@compiles(AmongMany, "sqlite")
def _by_json(element: Any, compiler: Any, **options: Any) -> str:
    listed, _ = element.clauses
    asked = compiler.process(listed, **options)
    values = "SELECT value FROM"
    return f"listed_programme.case_id IN ({values} json_each({asked}))"


@compiles(AmongMany, "postgresql")
def _by_array(element: Any, compiler: Any, **options: Any) -> str:
    _, listed = element.clauses
    asked = compiler.process(listed, **options)
    return f"listed_programme.case_id = ANY (CAST({asked} AS integer[]))"


def one_of(numbers: Sequence[int]) -> ColumnElement[bool]:
    """The condition that a line is one of these programmes."""
    listed = ",".join(map(str, numbers))
    return AmongMany(literal(f"[{listed}]", String), literal(f"{{{listed}}}", String))


def mentioning(text: str) -> Select[int] | None:
    """The programmes with every word of `text`, found by the index; none where it is too short for it."""
    signs = every_sign(text)
    if not signs:
        return None
    found = HoldsSigns(literal(fts5_match(signs), String), literal(ts_query(signs), String))
    return select(Programme.case_id).where(found, _has(text))


def read_through(text: str) -> Select[int]:
    """The programmes with every word of `text`, found by reading all of theirs."""
    return select(Programme.case_id).where(_has(text))


def mentions(case_id: Any, text: str) -> ColumnElement[bool]:
    """The condition that the programme with this number has every word of `text`."""
    # Whoever asks may read programmes besides.
    told = aliased(Programme)
    return exists().where(told.case_id == case_id, _has(text, told.search_text))


def _has(text: str, held: Any = Programme.search_text) -> ColumnElement[bool]:
    words = [held.contains(word, autoescape=True) for word in words_of(text)]
    return and_(*words) if words else false()
