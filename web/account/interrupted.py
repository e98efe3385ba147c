"""A form whose session ended while it was sent: it is kept on a page that lets the person in again."""

from dataclasses import replace

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from web.access import PUBLIC, engine, policy_of, visitor
from web.account.attempts import attempt
from web.account.forms import SignInForm
from web.account.sessions import recognise, sign_out
from web.intake.kept import Kept, is_text, sent

PREFIX = "again-"
EMAIL = f"{PREFIX}email"
GUESSED = lazy_gettext(
    "The password was wrong too often, so this session was ended. Nothing was recorded. "
    "Your decision is kept on this page. It is sent as soon as you have signed in; "
    "until then nothing is."
)
ENDED = lazy_gettext(
    "You are not signed in any more, so nothing was recorded. What you wrote is kept on this page. "
    "It is sent as soon as you have signed in; until then nothing is."
)
ONLY_HERE = ("csrf_token", "password", f"{PREFIX}csrf_token", f"{PREFIX}password", EMAIL)


def register(app: Flask) -> None:
    """Let in whoever sends such a page, before anything asks who it is."""
    app.before_request(let_in_again)
    app.before_request(keep_of_nobody)


def kept() -> list[tuple[str, str]]:
    """What was sent, but for what belongs to one page alone."""
    return [each for each in request.form.items(multi=True) if each[0] not in ONLY_HERE]


def keep_of_nobody() -> ResponseReturnValue | None:
    """Keep the form of whoever is not signed in any more, on a page that asks for the password."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.method != "POST" or visitor() is not None:
        return None
    if policy_of(view) in {None, PUBLIC} or not kept():
        return None
    return _page(SignInForm(formdata=None, prefix=PREFIX)), 403


def end() -> tuple[str, int]:
    """End the session, in which the password was guessed at too often; the form stays."""
    with engine().transaction() as session:
        sign_out(session)
    g.person = None
    # The token of the page belonged to the session.
    g.pop("csrf_token", None)
    return _page(SignInForm(formdata=None, prefix=PREFIX), why=GUESSED), 403


def let_in_again() -> ResponseReturnValue | None:
    """Sign in whoever gives e-mail and password with the form, which then goes where it was going."""
    if request.method != "POST" or EMAIL not in request.form or visitor() is not None:
        return None
    form = SignInForm(prefix=PREFIX)
    if not form.validate_on_submit():
        return _page(form), 422
    refused = attempt(form)
    if refused is not None:
        return _page(form, refused.problem), refused.status, refused.headers
    recognise()
    return None


def _page(form: SignInForm, problem: str = "", why: object = ENDED) -> str:
    found = replace(sent() or Kept(request.full_path, ()), fields=tuple(kept()))
    return render_template(
        "account/interrupted.html",
        form=form, kept=found, is_text=is_text, problem=problem, why=why,
    )  # fmt: skip
