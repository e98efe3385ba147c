"""The translations of one page, looked up once for all its sentences."""

from typing import Any

from babel.support import NullTranslations
from flask_babel import get_translations

from web.page.kept import kept


def said(words: str) -> str:
    """A sentence in the language of the page."""
    found: str = catalogue().ugettext(words)
    return found


def said_many(one: str, many: str, number: int) -> str:
    """A sentence about a number of things in the language of the page."""
    found: str = catalogue().ungettext(one, many, number)
    return found


def gettext(words: str, **parts: Any) -> str:
    """A sentence in the language of the page, with its parts in place."""
    found: str = catalogue().ugettext(words)
    return found % parts if parts else found


def ngettext(one: str, many: str, num: int, **parts: Any) -> str:
    """The same about a number of things."""
    return said_many(one, many, num) % {"num": num, **parts}


def catalogue() -> NullTranslations:
    """The translations of the page."""
    # Hundreds of sentences of a page ask, so what is kept is asked for first.
    try:
        found: NullTranslations = kept().catalogue
    except AttributeError:
        found = kept().catalogue = get_translations()
    except RuntimeError:
        # A command speaks English, and there is no page to keep anything for.
        found = NullTranslations()
    return found
