"""The translations of one page, looked up once for all its sentences."""

from babel.support import NullTranslations
from flask import g
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
    # Hundreds of sentences of a page ask, so what is kept is asked for first.
    try:
        found: NullTranslations = g.catalogue
    except AttributeError:
        found = g.catalogue = get_translations()
    except RuntimeError:
        # A command speaks English, and there is no page to keep anything for.
        found = NullTranslations()
    return found
