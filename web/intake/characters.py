"""Characters that nobody writes are refused at the door, before a page or a database meets them.

What people write in their own words is cleaned by the engine, which knows what Word pastes; here
stands only what nobody writes: addresses, names of fields, and what a page fills in itself.
"""

from unicodedata import category

from flask import Flask, request
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

# Fields that nobody fills in with words of their own, in whatever form they stand.
OF_THE_PAGE = frozenset(
    {
        "action", "appointment", "area", "bar", "country", "covers", "csrf_token", "delegate",
        "email", "ends_on", "framework", "interest", "key", "party", "password", "ref", "round",
        "sample", "seat", "seen_version", "seq", "stage", "starts_on", "to", "under", "upto",
        "verdict", "whom",
    }
)  # fmt: skip
# What a lifecycle asks for may be called anything; the engine cleans it, whatever its name.
OF_DOCUMENTS = ("field-", "question-")
UNSEEN = frozenset({"Cc", "Cs"})


class Unreadable(BadRequest):
    """A request holds a character that nobody writes there; the sentence names it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def register(app: Flask) -> None:
    """Look at every request before anything else does."""
    app.before_request(refuse)


def refuse() -> None:
    """Refuse a request with a control character where nobody writes one."""
    if sign := control(request.path) or _in_query():
        raise Unreadable(
            gettext("The address holds a character that no address holds, %(sign)s.", sign=sign)
        )
    if sign := _in_form():
        raise Unreadable(
            gettext(
                "The form holds a character that nobody writes there, %(sign)s. "
                "Nothing was recorded.",
                sign=sign,
            )
        )


def control(text: str, *, spaces: bool = False) -> str:
    """The first control character of a text as U+001B, or nothing; `spaces` lets tabs and breaks pass."""
    if text.isascii() and text.isprintable():
        return ""
    for sign in text:
        if category(sign) in UNSEEN and not (spaces and sign.isspace()):
            return f"U+{ord(sign):04X}"
    return ""


def _in_query() -> str:
    """What stands in the query; a tab or a break may have been pasted into a search."""
    pairs = request.args.items(multi=True)
    found = (control(name) or control(value, spaces=True) for name, value in pairs)
    return next(filter(None, found), "")


def _in_form() -> str:
    """What stands in the names of fields, and in fields that a page fills in."""
    names = (*request.form, *request.files)
    if not all(isinstance(name, str) for name in names):
        raise BadRequest
    found = [control(name) for name in names]
    found += [
        control(value, spaces=True)
        for name, value in request.form.items(multi=True)
        if name.rpartition("-")[2] in OF_THE_PAGE and not name.startswith(OF_DOCUMENTS)
    ]
    return next(filter(None, found), "")
