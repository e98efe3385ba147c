"""A signature needs a recent proof of who signs; where it is old, the password is asked for."""

from datetime import timedelta
from typing import cast

from flask import abort, g, make_response, render_template, request
from flask_babel import gettext, ngettext
from flask_login import current_user

from web.access import engine, now, person, settings
from web.account.forms import ProofForm
from web.account.sessions import Visitor
from workflow.engine.rounds.decision import IdentityProof
from workflow.people.passwords import whose
from workflow.people.sessions import authentication, note_authentication
from workflow.people.throttle import clear, note_failure, wait_seconds

ONLY_HERE = ("csrf_token", "password")

Page = tuple[str, int] | tuple[str, int, dict[str, str]]


def demand() -> None:
    """Have the person prove who they are, unless they did so lately.

    Where the last proof is too old, this ends the request with the page that asks for the password
    and keeps the whole form. A password that comes with the form and fits renews the proof of this
    session.
    """
    if proof() is None and not _recent() and (page := _unproven()):
        abort(make_response(page))


def _unproven() -> Page | None:
    """The page that asks for the password, or nothing where the one that came fits."""
    if "password" not in request.form:
        return _asked(ProofForm(formdata=None), 200)
    form = ProofForm()
    if not form.validate_on_submit():
        return _asked(form, 422)
    wait = _attempt(form.password.data or "")
    if wait is None:
        return None
    if wait == 0:
        problem = gettext("This is not your password. Nothing was recorded; your decision is kept.")
        return _asked(form, 422, problem)
    problem = ngettext(
        "Too many attempts. Try again in %(num)d second.",
        "Too many attempts. Try again in %(num)d seconds.",
        wait,
    )
    return *_asked(form, 429, problem), {"Retry-After": str(wait)}


def proof() -> IdentityProof | None:
    """How the person proved who they are, for the event of a signature."""
    return cast("IdentityProof | None", g.get("proof"))


def _recent() -> bool:
    """Whether the last proof of this session is young enough; it is kept for the event."""
    with engine().reading() as session:
        last = authentication(session, _token())
    if last is None:
        return False
    age = max(now() - last.at, timedelta())
    if age >= timedelta(minutes=settings().reauthenticate_minutes):
        return False
    g.proof = IdentityProof(last.method, int(age.total_seconds()))
    return True


def _attempt(password: str) -> int | None:
    """Renew the proof if the password fits; otherwise the seconds to wait, counted as at sign-in.

    The slow comparison holds no lock, so that nobody else has to wait for it.
    """
    email, address, at = person().email, request.remote_addr or "", now()
    with engine().reading() as session:
        wait = wait_seconds(session, email, address, at)
        fits = not wait and whose(session, email, password, now=at) == person().id
    if wait:
        return wait
    with engine().transaction() as session:
        if not fits:
            note_failure(session, email, address, at)
            return 0
        clear(session, email)
        note_authentication(session, _token(), at)
    g.proof = IdentityProof("password", 0)
    return None


def _token() -> str:
    return cast("Visitor", current_user).token


def _asked(form: ProofForm, status: int, problem: str = "") -> tuple[str, int]:
    kept = [each for each in request.form.items(multi=True) if each[0] not in ONLY_HERE]
    html = render_template(
        "account/prove.html",
        form=form,
        kept=kept,
        problem=problem,
        address=request.full_path.rstrip("?"),
        minutes=settings().reauthenticate_minutes,
    )
    return html, status
