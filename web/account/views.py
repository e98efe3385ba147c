"""Signing in and out with e-mail and password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from web.access import engine, now, public, safe_next, visitor
from web.account.forms import SignInForm
from web.account.sessions import sign_in, sign_out
from workflow.people.passwords import freshen, whose
from workflow.people.throttle import clear, note_failure, wait_seconds

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("/login")
@public
def login() -> ResponseReturnValue:
    """Ask who it is; somebody signed in already goes on."""
    if visitor() is not None:
        return redirect(safe_next(request.args.get("next")), code=303)
    return render_template("account/login.html", form=SignInForm(formdata=None))


@bp.post("/login")
@public
def enter() -> ResponseReturnValue:
    """Let the person in, or say the same sentence to everybody who does not fit."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("account/login.html", form=form), 422
    wait = attempt(form.email.data or "", form.password.data or "")
    if wait is None:
        return redirect(safe_next(request.args.get("next")), code=303)
    if wait == 0:
        problem = gettext("This e-mail address and password do not belong together.")
        return render_template("account/login.html", form=form, problem=problem), 422
    problem = ngettext(
        "Too many attempts. Try again in %(num)d second.",
        "Too many attempts. Try again in %(num)d seconds.",
        wait,
    )
    page = render_template("account/login.html", form=form, problem=problem)
    return page, 429, {"Retry-After": str(wait)}


@bp.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """End the session, also when it has ended by itself already."""
    with engine().transaction() as session:
        sign_out(session)
    flash(gettext("You are signed out."))
    leaving = redirect(url_for("account.login"), code=303)
    leaving.headers["Clear-Site-Data"] = '"cache"'
    return leaving


def attempt(email: str, password: str) -> int | None:
    """Sign in if the two fit; otherwise the seconds to wait before the next try, counted here.

    The slow comparison holds no lock, so that nobody else has to wait for it.
    """
    address, at = request.remote_addr or "", now()
    with engine().reading() as session:
        wait = wait_seconds(session, email, address, at)
        person_id = None if wait else whose(session, email, password, now=at)
    if wait:
        return wait
    with engine().transaction() as session:
        if person_id is None:
            note_failure(session, email, address, at)
            return 0
        clear(session, email)
        freshen(session, person_id, password)
        sign_in(session, person_id)
    return None
