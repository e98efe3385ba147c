"""One's own password: changed on the account page, or chosen by a link that an administrator made."""

from typing import cast

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from web.access import engine, now, person, public, signed_in
from web.account import interrupted
from web.account.forms import ChangeForm, ChoiceForm
from web.account.sessions import Visitor, sign_in
from web.account.tries import SOON, forgive, tried
from web.wording import plainly
from workflow.errors import Invalid, Overloaded
from workflow.people.accounts.invitations import accept, invited, link_used
from workflow.people.commands import change_password
from workflow.people.passwords import hash_password
from workflow.people.sessions import PASSWORD
from workflow.people.throttle import of_session, tries_left

bp = Blueprint("passwords", __name__, url_prefix="/account")


@bp.get("/password")
@signed_in
def mine() -> ResponseReturnValue:
    """Ask for the password of now and the one to come."""
    return _mine(ChangeForm(formdata=None))


@bp.post("/password")
@signed_in
def change() -> ResponseReturnValue:
    """Change the password; every other session of the person ends."""
    form = ChangeForm()
    if not form.validate_on_submit():
        return _mine(form), 422
    buckets = of_session(cast("Visitor", current_user).token)
    try:
        outcome = tried(buckets, person().email, form.current.data or "")
        if outcome.person_id != person().id:
            return _wrong(form)
        if person().must_change and form.password.data == form.current.data:
            form.password.errors = [gettext("This is the one that was given to you.")]
            return _mine(form), 422
        with engine().transaction() as session:
            forgive(session, outcome, buckets)
            change_password(session, person().id, form.password.data or "")
            sign_in(session, person().id, PASSWORD)
    except Overloaded as refusal:
        return _mine(form, plainly(refusal.said)), 503, {"Retry-After": str(SOON)}
    except Invalid as refusal:
        form.password.errors = [plainly(refusal.said)]
        return _mine(form), 422
    flash(gettext("Your password is changed. Every other browser of yours is signed out."))
    return redirect(url_for("home.index"), code=303)


@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Ask whoever holds the link for a password."""
    return _chosen(token, ChoiceForm(formdata=None))


@bp.post("/invitations/<token>")
@public
def take_up(token: str) -> ResponseReturnValue:
    """Keep the password and let its owner in."""
    form = ChoiceForm()
    if not form.validate_on_submit():
        return _chosen(token, form), 422
    try:
        with engine().reading() as session:
            invited(session, token, now())
        hashed = hash_password(form.password.data or "")
        with engine().transaction() as session:
            number = accept(session, token, hashed, now=now())
            sign_in(session, number, PASSWORD)
    except Invalid as refusal:
        form.password.errors = [plainly(refusal.said)]
        return _chosen(token, form), 422
    flash(gettext("Your password is kept, and you are signed in."))
    return redirect(url_for("home.index"), code=303)


def _wrong(form: ChangeForm) -> ResponseReturnValue:
    """Say that the password is not theirs; after too many tries the session ends."""
    token = cast("Visitor", current_user).token
    with engine().reading() as session:
        left = tries_left(session, token, now())
    if left == 0:
        return interrupted.end()
    form.current.errors = [gettext("This is not your password. Nothing was changed.")]
    return _mine(form), 422


def _mine(form: ChangeForm, problem: str = "") -> str:
    with engine().reading() as session:
        used = link_used(session, person().id)
    return render_template("account/password.html", form=form, problem=problem, used=used)


def _chosen(token: str, form: ChoiceForm) -> str:
    with engine().reading() as session:
        page = invited(session, token, now())
    return render_template("account/invitation.html", page=page, form=form)
