"""The languages of pages: which there are, which one a page is in, and where its words come from."""

from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.support import NullTranslations, Translations
from flask import Flask, session
from flask_babel import Babel, Domain, get_locale

from config.settings import Settings
from workflow.deferred import deferred

if TYPE_CHECKING:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
else:
    # Whoever reads English needs neither.
    write_mo = deferred("babel.messages.mofile", "write_mo")
    read_po = deferred("babel.messages.pofile", "read_po")

FOLDER = Path(__file__).resolve().parents[1] / "translations"
CHOSEN = "language"
ENGLISH = "en"


class PageWords(Domain):
    """The words of pages, read from the translators' own files; nothing has to be compiled."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def get_translations(self) -> NullTranslations:
        """The words of the language of this page; English ones are what they stand for."""
        return words_of(str(get_locale() or ENGLISH))


def register(app: Flask, settings: Settings) -> None:
    """Choose the language of each page among those there is a translation for."""
    babel = Babel(
        app,
        default_locale=settings.language,
        default_timezone="UTC",
        locale_selector=partial(_chosen, settings.language),
    )
    babel.domain_instance = PageWords()


@cache
def offered() -> tuple[str, ...]:
    """English, and every language that pages are translated into."""
    return (ENGLISH, *sorted(each.parts[-3] for each in FOLDER.glob("*/LC_MESSAGES/messages.po")))


@cache
def words_of(language: str) -> NullTranslations:
    """What the translators of a language wrote; what they left out is said in English."""
    if language == ENGLISH or language not in offered():
        return NullTranslations()
    compiled = BytesIO()
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def _chosen(default: str) -> str:
    """What this browser chose in the bar, or the language of the house.

    No page is said in a language that nobody asked for while the translations are not whole.
    """
    chosen = session.get(CHOSEN)
    return chosen if chosen in offered() else default
