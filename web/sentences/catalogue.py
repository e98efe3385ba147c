"""The translations of one page, looked up once for all its sentences."""

from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import get_translations


def said(words: str) -> str:
    """A sentence in the language of the page."""
    found: str = _catalogue().ugettext(words)
    return found


def said_many(one: str, many: str, number: int) -> str:
    """A sentence about a number of things in the language of the page."""
    found: str = _catalogue().ungettext(one, many, number)
    return found


def _catalogue() -> NullTranslations:
    if not has_app_context():
        # A command speaks English, and there is no page to keep anything for.
        return NullTranslations()
    found: NullTranslations | None = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found
