"""A phrase is said in the language of the page, with each part as that language has it."""

from collections.abc import Iterator
from contextvars import Context
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, current_app
from flask_babel import Babel, force_locale

from web import wording
from web.wording import plainly, speak
from workflow.phrase import (
    Dated,
    Either,
    Lowered,
    OneOf,
    Part,
    Phrase,
    Term,
    counted,
    phrase,
)

FRENCH = {
    "%(what)s.": "« %(what)s ».",
    "the %(role)s": "le %(role)s",
    "Focal point": "Point focal",
    ("%(num)s thing", "%(num)s things"): ("%(num)s chose", "%(num)s choses"),
}


@pytest.fixture(autouse=True)
def pages(tmp_path: Path) -> Iterator[None]:
    """Pages in English, and in a French that knows a few words."""
    catalogue = Catalog(locale="fr")
    for english, french in FRENCH.items():
        catalogue.add(english, french)
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    app = Flask("words")
    Babel(app, default_locale="en", default_translation_directories=str(tmp_path))
    with app.test_request_context():
        yield


def what(part: Part) -> Phrase:
    return phrase("%(what)s.", what=part)


@pytest.mark.parametrize(
    ("said", "english", "french"),
    [
        (what("Focal point"), "Focal point.", "« Focal point »."),
        (what(Term("Focal point")), "Focal point.", "« Point focal »."),
        (what(Lowered("Focal point")), "focal point.", "« point focal »."),
        (what(("a", "b", "c")), "a, b and c.", "« a, b et c »."),
        (what(OneOf(("a", "b", "c"))), "a, b or c.", "« a, b ou c »."),
        (what(Either(("a", "b", "c"))), "a or b or c.", "« a ou b ou c »."),
        (
            what(Either((phrase("the %(role)s", role=Term("Focal point")), "b"))),
            "the Focal point or b.", "« le Point focal ou b ».",
        ),
        (
            what(Dated(datetime(2026, 3, 2, 9, tzinfo=UTC), "2 March 2026, 09:00 UTC")),
            "2 March 2026, 09:00 UTC.", "« 2 mars 2026, 09:00 UTC ».",
        ),
        (what(date(2026, 3, 2)), "2 Mar 2026.", "« 2 mars 2026 »."),
        (counted("%(num)s thing", "%(num)s things", 1), "1 thing", "1 chose"),
        (counted("%(num)s thing", "%(num)s things", 3), "3 things", "3 choses"),
        (phrase("Nobody translated this."), "Nobody translated this.", "Nobody translated this."),
    ],
)  # fmt: skip
def test_a_phrase_is_said_in_the_language_of_the_page(
    said: Phrase, english: str, french: str
) -> None:
    in_english = plainly(said)
    with current_app.app_context(), force_locale("fr"):
        in_french = plainly(said)

    assert (in_english, in_french) == (english, french)


def test_an_instant_stands_in_figures_at_a_terminal_and_on_a_page_as_everywhere() -> None:
    said = what(Dated(datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02 09:00 UTC"))

    on_a_page, at_a_terminal = plainly(said), Context().run(plainly, said)

    assert (on_a_page, at_a_terminal) == ("2 Mar 2026, 09:00 UTC.", "2026-03-02 09:00 UTC.")


@pytest.mark.parametrize(
    ("key", "said"),
    [("high", "Checked against its source"), ("low", "Not checked"), ("other", "Other")],
)
def test_how_sure_a_record_is_is_said_in_words(key: str, said: str) -> None:
    assert wording.confidence(key) == said


def test_what_looks_like_markup_or_a_place_is_neither() -> None:
    said = phrase("%(who)s left.", who="<b>100% %(name)s</b>")

    assert plainly(said) == "<b>100% %(name)s</b> left."
    assert speak(said) == "<strong>&lt;b&gt;100% %(name)s&lt;/b&gt;</strong> left."
