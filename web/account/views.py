"""Signing in and out with e-mail and password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, public, safe_next, visitor
from web.account.attempts import attempt
from web.account.forms import SignInForm
from web.account.sessions import sign_out

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
    refused = attempt(form)
    if refused is None:
        return redirect(safe_next(request.args.get("next")), code=303)
    page = render_template("account/login.html", form=form, problem=refused.problem)
    return page, refused.status, refused.headers


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
