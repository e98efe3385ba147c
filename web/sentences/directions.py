"""Which way writing runs: whatever people wrote stays in its place on a page, in any language.

Every value that a template writes out, and every value inside a translated sentence, is set apart
where it could turn what stands around it. What goes back to us with a form says so by `| typed`, and a piece
of a longer text by `| running`.
"""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations
from flask import Flask
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from web.sentences import catalogue
from workflow.free_text.characters import set_apart, tame


def register(app: Flask) -> None:
    """Have every template set apart what people wrote."""
    app.jinja_env.finalize = apart
    app.jinja_env.filters.update(typed=escape, running=running)
    app.jinja_env.globals.update(_=said, gettext=said, ngettext=said_many)


def apart(value: Any) -> Any:
    """A plain text as a page writes it out; anything else, and ready markup, is as it was."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return set_apart(value)
    return value


def running(text: str) -> Markup:
    """A piece of a text whose pieces run on, inside something with a direction of its own."""
    return escape(tame(text))


def sentence(words: str) -> Markup:
    """A sentence in which nothing stands, in the language of the page, as pages write it."""
    return _written(catalogue.catalogue(), words)


@lru_cache(maxsize=8192)
def _written(words_of: NullTranslations, words: str) -> Markup:
    said_so = Markup(words_of.ugettext(words))  # noqa: S704  # a sentence of ours
    return said_so % {} if "%" in said_so else said_so


@pass_eval_context
def said(at: EvalContext, words: str, /, **parts: Any) -> str:
    """A sentence in the language of the page, with every value in it set apart."""
    return _filled(at, catalogue.said(words), parts)


@pass_eval_context
def said_many(at: EvalContext, one: str, many: str, number: int, /, **parts: Any) -> str:
    """A sentence about a number of things, which stands in it as `num` where nothing else does."""
    return _filled(at, catalogue.said_many(one, many, number), {"num": number, **parts})


def _filled(at: EvalContext, words: str, parts: dict[str, Any]) -> str:
    if at.autoescape:
        words = Markup(words)  # noqa: S704  # a sentence of ours
    if "%" not in words:
        return words
    return words % {name: apart(part) for name, part in parts.items()}
