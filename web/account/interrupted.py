"""A form whose session ended while it was sent: held for who wrote it, and sent once they are in again.

Whose it is says the token of its page. The words themselves are on no page until that person has
signed in; whoever else signs in neither sees nor sends them.
"""

from http import HTTPStatus

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import ImmutableMultiDict

from web.access import engine, settings, visitor
from web.account.attempts import attempt
from web.account.forms import SignInForm
from web.account.page_tokens import NAME, made_for, name_nobody
from web.account.sessions import recognise, sign_out
from web.intake.kept import sent
from web.intake.numbers import number_of
from web.working_copies import held_forms
from web.working_copies.held_forms import COPY
from workflow.working_copies import copies

PREFIX = "again-"
EMAIL = f"{PREFIX}email"
GUESSED = lazy_gettext(
    "The password was wrong too often, so this session was ended. Nothing was recorded. "
    "Your decision is kept, for you alone. It is sent as soon as you have signed in; "
    "until then nothing is."
)
ENDED = lazy_gettext(
    "You are not signed in any more, so nothing was recorded. What you wrote is kept, for you alone. "
    "It is sent as soon as you have signed in; until then nothing is."
)
# What a page sends by itself while somebody types, and what it is told where they are signed out.
BY_ITSELF = {"working_copies.keep": {"kept": False, "away": True}, "hints.show": {}}
DAY = 24 * 3600
ONLY_HERE = ("csrf_token", "password", f"{PREFIX}csrf_token", f"{PREFIX}password", EMAIL, COPY)


def register(app: Flask) -> None:
    """Let in whoever sends such a page, before anything asks who it is."""
    app.before_request(let_in_again)
    app.before_request(keep_of_nobody)
    app.before_request(resume)
    app.after_request(forget_sent)


def kept() -> list[tuple[str, str]]:
    """What was sent, but for what belongs to one page alone."""
    return [each for each in request.form.items(multi=True) if each[0] not in ONLY_HERE]


def kept_here() -> list[tuple[str, str]]:
    """What a page keeps of the form that was sent: its number where it is held, or else its words."""
    number = g.get("resumed")
    return kept() if number is None else [(COPY, str(number))]


def keep_of_nobody() -> ResponseReturnValue | None:
    """Hold the form of whoever is not signed in any more, and ask for the password."""
    if (
        visitor() is not None
        or not held_forms.may_be_held()
        or not (kept() or COPY in request.form)
    ):
        return None
    writer = _written_by()
    if writer is None:
        raise CSRFError("Whose form this is cannot be told.")
    return _held_for(writer)


def _written_by() -> int | None:
    """Whom the page of this form was made for, not longer ago than unsent texts are kept."""
    return made_for(request.form.get(NAME), settings().unsent_days * DAY)


def unproven() -> ResponseReturnValue | None:
    """The answer to a form of another session, where its page says whom it was made for."""
    someone, at_hand = visitor(), url_for("working_copies.index")
    if request.endpoint in BY_ITSELF:
        return jsonify(BY_ITSELF[request.endpoint])
    if COPY in request.form:
        asked = SignInForm(formdata=None, prefix=PREFIX), number_of(request.form, COPY)
        return redirect(at_hand, code=303) if someone else (_page(*asked), 403)
    writer = _written_by() if held_forms.may_be_held() else None
    if writer is None:
        return None
    if someone is None:
        return _held_for(writer)
    held = held_forms.hold(writer, kept()) is not None
    if held and someone.id == writer:
        return redirect(at_hand, code=303)
    return _not_yours(held=held)


def end() -> tuple[str, int]:
    """End the session, in which the password was guessed at too often; the form stays."""
    someone = visitor()
    number = held_forms.hold(someone.id, kept()) if someone else None
    with engine().transaction() as session:
        sign_out(session)
    g.person = None
    # The token of the page belonged to the session.
    g.pop("csrf_token", None)
    return _page(SignInForm(formdata=None, prefix=PREFIX), number, why=GUESSED), 403


def let_in_again() -> ResponseReturnValue | None:
    """Sign in whoever gives e-mail and password with the form, which then goes where it was going."""
    if request.method != "POST" or EMAIL not in request.form or visitor() is not None:
        return None
    form, number = SignInForm(prefix=PREFIX), number_of(request.form, COPY)
    if not form.validate_on_submit():
        return _page(form, number), 422
    refused = attempt(form)
    if refused is not None:
        return _page(form, number, refused.problem), refused.status, refused.headers
    # The token of the page belonged to nobody's session.
    g.pop("csrf_token", None)
    recognise()
    return None


def resume() -> ResponseReturnValue | None:
    """Take what was held for this person in place of the form; nobody takes what another wrote."""
    someone = visitor()
    if request.method != "POST" or COPY not in request.form or someone is None:
        return None
    with engine().reading() as session:
        found = copies.held(session, someone.id, number_of(request.form, COPY) or 0)
    if found is None or found.place != held_forms.place():
        return _not_yours(held=True)
    given = [each for each in request.form.items(multi=True) if each[0] == "password"]
    request.form = ImmutableMultiDict([*found.fields, *given])
    g.resumed = found.id
    return None


def forget_sent(response: Response) -> Response:
    """Forget what was held once it is where it was going; it stays where a page asks for more."""
    number, someone = g.pop("resumed", None), visitor()
    asks = response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
    if number is not None and someone is not None and response.status_code < 400 and not asks:
        with engine().transaction() as session:
            copies.drop(session, someone.id, number)
    return response


def _held_for(writer: int) -> tuple[str, int]:
    known = COPY in request.form
    number = number_of(request.form, COPY) if known else held_forms.hold(writer, kept())
    return _page(SignInForm(formdata=None, prefix=PREFIX), number), 403


def _page(form: SignInForm, number: int | None, problem: str = "", why: object = ENDED) -> str:
    found = sent()
    if visitor() is None:
        name_nobody()
    return render_template(
        "account/interrupted.html",
        form=form, copy=number, address=request.full_path.rstrip("?"), problem=problem, why=why,
        files=found.files if found else (),
    )  # fmt: skip


def _not_yours(*, held: bool) -> tuple[str, int]:
    """The page for whoever sends what another person wrote, or what was sent meanwhile."""
    return render_template("account/not_yours.html", held=held), 403
