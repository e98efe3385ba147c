"""Asking an index over three signs at a time: where the words of a text may stand in the texts of a table.

The text itself says where they do. What the two databases say differently is a condition of its own here.
"""

from typing import Any, ClassVar

from sqlalchemy import Boolean, ColumnElement, String, and_, false, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from workflow.search.key import every_sign, fts5_match, ts_query, words_of


class Condition(FunctionElement[bool]):
    """A condition that each database says in its own way; of its two values, each takes one."""

    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        """The condition as it is: no comparison with true, which no index would answer."""
        return self


class HoldsSigns(Condition):
    """The condition that a text has certain runs of three signs, asked of the index of its table.

    Each table has a condition of its own: `held` is the table with the texts, `number` what its rows
    are told apart by, and `words` where SQLite finds them by their signs.
    """

    inherit_cache = True
    name = "holds_signs"
    held: ClassVar[str]
    number: ClassVar[str] = "case_id"
    words: ClassVar[str]


@compiles(HoldsSigns, "sqlite")
def _by_fts5(element: Any, compiler: Any, **options: Any) -> str:
    match, _ = element.clauses
    asked, words = compiler.process(match, **options), element.words
    rows = f"SELECT rowid FROM {words} WHERE {words} MATCH"  # noqa: S608 # Names that a class gives.
    return f"{element.held}.{element.number} IN ({rows} {asked})"


@compiles(HoldsSigns, "postgresql")
def _by_tsvector(element: Any, compiler: Any, **options: Any) -> str:
    _, query = element.clauses
    asked = compiler.process(query, **options)
    return f"three_signs({element.held}.search_text) @@ CAST({asked} AS tsquery)"


def holds_signs(text: str, of: type[HoldsSigns]) -> HoldsSigns | None:
    """What the index is asked for a text; none where all of its words are too short for it."""
    signs = every_sign(text)
    if not signs:
        return None
    return of(literal(fts5_match(signs), String), literal(ts_query(signs), String))


def has(text: str, held: Any) -> ColumnElement[bool]:
    """The condition that what is held has every word of a text; nothing has the words of none."""
    words = [held.contains(word, autoescape=True) for word in words_of(text)]
    return and_(*words) if words else false()
