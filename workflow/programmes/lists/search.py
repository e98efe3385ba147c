"""Searching programmes: every word of a text, wherever in theirs it stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, exists, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased

from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.models import Programme
from workflow.search.index import Condition, HoldsSigns, has, holds_signs


class ProgrammeHoldsSigns(HoldsSigns):
    """The condition that a programme's text has certain runs of three signs, asked of the index."""

    inherit_cache = True
    held, words = "programme", "programme_words"


class AmongMany(Condition):
    """The condition that a line is one of many cases, named in one value."""

    inherit_cache = True
    name = "among_many"


@compiles(AmongMany, "sqlite")
def _by_json(element: Any, compiler: Any, **options: Any) -> str:
    number, listed, _ = element.clauses
    asked = compiler.process(listed, **options)
    values = "SELECT value FROM"
    return f"{compiler.process(number, **options)} IN ({values} json_each({asked}))"


@compiles(AmongMany, "postgresql")
def _by_array(element: Any, compiler: Any, **options: Any) -> str:
    number, _, listed = element.clauses
    asked = compiler.process(listed, **options)
    return f"{compiler.process(number, **options)} = ANY (CAST({asked} AS integer[]))"


def one_of(numbers: Sequence[int], line: Any = ListedProgramme.case_id) -> ColumnElement[bool]:
    """The condition that a line is one of these cases; `line` is where its number stands."""
    listed = ",".join(map(str, numbers))
    return AmongMany(line, literal(f"[{listed}]", String), literal(f"{{{listed}}}", String))


def mentioning(text: str) -> Select[int] | None:
    """The programmes with every word of `text`, found by the index; none where it is too short for it."""
    found = holds_signs(text, ProgrammeHoldsSigns)
    if found is None:
        return None
    return select(Programme.case_id).where(found, has(text, Programme.search_text))


def read_through(text: str) -> Select[int]:
    """The programmes with every word of `text`, found by reading all of theirs."""
    return select(Programme.case_id).where(has(text, Programme.search_text))


def mentions(case_id: Any, text: str) -> ColumnElement[bool]:
    """The condition that the programme with this number has every word of `text`."""
    # Whoever asks may read programmes besides.
    told = aliased(Programme)
    return exists().where(told.case_id == case_id, has(text, told.search_text))
