"""Whatever a template writes out is escaped and set apart; ready markup is left as it is."""

from decimal import Decimal

import pytest
from flask import Flask
from flask_babel import lazy_gettext
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from web.page.text import text
from web.sentences.directions import apart

WORDS = ("", "plain", "a & b", "<b>", '"', "'", ">", "São Paulo", "São <b>", "ماء", "ماء & <b>",
         "\u202eturned", "a\u2069")  # fmt: skip


class Word(str):
    """A text that is one by its class alone."""

    __slots__ = ()


@pytest.mark.parametrize("written", WORDS)
def test_a_text_is_written_as_escaping_and_setting_apart_have_it(written: str) -> None:
    assert text(written) == escape(apart(written))
    assert text(Word(written)) == escape(apart(Word(written)))


@pytest.mark.parametrize(
    "value", [0, 12, True, None, Decimal("1.50"), ("<",), lazy_gettext("a < b")]
)
def test_anything_else_is_written_as_its_words(app: Flask, value: object) -> None:
    with app.test_request_context():
        assert text(value) == escape(apart(value))


def test_ready_markup_is_left_as_it_is() -> None:
    ready = Markup("<b>ماء</b>")

    assert text(ready) is ready


def test_what_nobody_handed_in_is_not_written() -> None:
    with pytest.raises(UndefinedError):
        text(StrictUndefined(name="missing"))
