"""Searching what countries share: every word of a text, by an index over three signs at a time."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, and_, false, literal, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from workflow.search_key import every_sign, fts5_match, ts_query, words_of
from workflow.sharing.models import SharedEntry

FORGET = text("INSERT INTO shared_words (shared_words) VALUES ('optimize')")


class HoldsSharedSigns(FunctionElement[bool]):
    """The condition that an entry has certain runs of three signs, asked of the index."""

    inherit_cache = True
    name = "holds_shared_signs"
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """The condition as it is: no comparison with true, which no index would answer."""
        return self


@compiles(HoldsSharedSigns, "sqlite")
def _by_fts5(element: Any, compiler: Any, **options: Any) -> str:
    match, _ = element.clauses
    asked = compiler.process(match, **options)
    rows = "SELECT rowid FROM shared_words WHERE shared_words MATCH"
    return f"shared_entry.id IN ({rows} {asked})"


@compiles(HoldsSharedSigns, "postgresql")
def _by_tsvector(element: Any, compiler: Any, **options: Any) -> str:
    _, query = element.clauses
    asked = compiler.process(query, **options)
    return f"three_signs(shared_entry.search_text) @@ CAST({asked} AS tsquery)"


def mentioning(wanted: str) -> ColumnElement[bool]:
    """The condition that an entry has every word of a text; words too short for the index are read for."""
    words = words_of(wanted)
    if not words:
        return false()
    read = [SharedEntry.search_text.contains(word, autoescape=True) for word in words]
    signs = every_sign(wanted)
    if not signs:
        return and_(*read)
    match, query = literal(fts5_match(signs), String), literal(ts_query(signs), String)
    return and_(HoldsSharedSigns(match, query), *read)


def forget_signs(session: Session) -> None:
    """Have the index of SQLite forget at once what was taken out of it; the other one is vacuumed."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(FORGET)
