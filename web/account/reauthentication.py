"""A signature needs a recent proof of who signs; where it is old, the password is asked for."""

from datetime import timedelta
from typing import cast

from flask import abort, g, make_response, render_template, request
from flask_babel import gettext
from flask_login import current_user

from web.access import engine, now, person, settings
from web.account import interrupted
from web.account.forms import ProofForm
from web.account.sessions import Visitor
from web.account.tries import SOON, forgive, tried
from web.wording import plainly
from workflow.engine.rounds.decision import IdentityProof
from workflow.errors import Overloaded
from workflow.people.sessions import authentication, note_authentication
from workflow.people.throttle import of_session, tries_left

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
    try:
        left = _attempt(form.password.data or "")
    except Overloaded as refusal:
        return *_asked(form, 503, plainly(refusal.said)), {"Retry-After": str(SOON)}
    if left is None:
        return None
    if left == 0:
        return interrupted.end()
    problem = gettext("This is not your password. Nothing was recorded; your decision is kept.")
    return _asked(form, 422, problem)


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
    """Renew the proof if the password fits; otherwise how many tries this session has left.

    They are counted in this session alone: strangers who guess elsewhere keep nobody from signing.
    """
    buckets = of_session(_token())
    outcome = tried(buckets, person().email, password)
    if outcome.person_id != person().id:
        with engine().reading() as session:
            return tries_left(session, _token(), now())
    with engine().transaction() as session:
        forgive(session, outcome, buckets)
        note_authentication(session, _token(), now())
    g.proof = IdentityProof("password", 0)
    return None


def _token() -> str:
    return cast("Visitor", current_user).token


def _asked(form: ProofForm, status: int, problem: str = "") -> tuple[str, int]:
    html = render_template(
        "account/prove.html",
        form=form,
        kept=interrupted.kept_here(),
        problem=problem,
        address=request.full_path.rstrip("?"),
        minutes=settings().reauthenticate_minutes,
    )
    return html, status
