"""Searching what countries share: every word of a text, by an index over three signs at a time."""

from sqlalchemy import ColumnElement, and_, text
from sqlalchemy.orm import Session

from workflow.search.index import HoldsSigns, has, holds_signs
from workflow.sharing.models import SharedEntry

FORGET = text("INSERT INTO shared_words (shared_words) VALUES ('optimize')")


class EntryHoldsSigns(HoldsSigns):
    """The condition that an entry has certain runs of three signs, asked of the index."""

    inherit_cache = True
    held, number, words = "shared_entry", "id", "shared_words"


def mentioning(wanted: str) -> ColumnElement[bool]:
    """The condition that an entry has every word of a text; words too short for the index are read for."""
    read, found = has(wanted, SharedEntry.search_text), holds_signs(wanted, EntryHoldsSigns)
    return read if found is None else and_(found, read)


def forget_signs(session: Session) -> None:
    """Have the index of SQLite forget at once what was taken out of it; the other one is vacuumed."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(FORGET)
