"""A form whose session ended while it was sent: it is kept on a page that lets the person in again."""

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, visitor
from web.account.attempts import attempt
from web.account.forms import SignInForm
from web.account.sessions import recognise, sign_out

PREFIX = "again-"
EMAIL = f"{PREFIX}email"
ONLY_HERE = ("csrf_token", "password", f"{PREFIX}csrf_token", f"{PREFIX}password", EMAIL)


def register(app: Flask) -> None:
    """Let in whoever sends such a page, before anything asks who it is."""
    app.before_request(let_in_again)


def kept() -> list[tuple[str, str]]:
    """What was sent, but for what belongs to one page alone."""
    return [each for each in request.form.items(multi=True) if each[0] not in ONLY_HERE]


def end() -> tuple[str, int]:
    """End the session, in which the password was guessed at too often; the form stays."""
    with engine().transaction() as session:
        sign_out(session)
    g.person = None
    # The token of the page belonged to the session.
    g.pop("csrf_token", None)
    return _page(SignInForm(formdata=None, prefix=PREFIX)), 403


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


def _page(form: SignInForm, problem: str = "") -> str:
    address = request.full_path.rstrip("?")
    return render_template(
        "account/interrupted.html", form=form, kept=kept(), problem=problem, address=address
    )
