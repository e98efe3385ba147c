"""Which way writing runs: whatever people wrote stays in its place on a page, in any language.

Every value that a template writes out, and every value inside a translated sentence, is set apart
where it could turn what stands around it. What goes back to us with a form says so by `| typed`, and a piece
of a longer text by `| running`.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from workflow.free_text.characters import set_apart, tame


def register(app: Flask) -> None:
    """Have every template set apart what people wrote."""
    app.jinja_env.finalize = apart
    app.jinja_env.filters.update(typed=escape, running=running)
    for name in ("gettext", "ngettext"):
        say: Any = app.jinja_env.globals[name]
        app.jinja_env.globals[name] = _with_parts_apart(say)


def apart(value: Any) -> Any:
    """A plain text as a page writes it out; anything else, and ready markup, is as it was."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return set_apart(value)
    return value


def running(text: str) -> Markup:
    """A piece of a text whose pieces run on, inside something with a direction of its own."""
    return escape(tame(text))


def _with_parts_apart(say: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def said(context: Context, *words: Any, **parts: Any) -> str:
        named = {name: apart(part) for name, part in parts.items()}
        return say(context, *words, **named)

    return said
