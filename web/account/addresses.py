"""Another address to sign in with, agreed to by whoever reads the letters to the one before."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, public, settings
from web.administration.people.forms import PlainForm
from web.administration.people.links import address_sent
from web.wording import plainly
from workflow.errors import Invalid
from workflow.people.accounts.acts import change_asked
from workflow.people.accounts.details import agree

bp = Blueprint("addresses", __name__, url_prefix="/account/addresses")


@bp.get("/<token>")
@public
def show(token: str) -> ResponseReturnValue:
    """Say which address was asked for; opening the page agrees to nothing."""
    return _shown(token)


@bp.post("/<token>")
@public
def take(token: str) -> ResponseReturnValue:
    """Take the new address."""
    if not PlainForm().validate_on_submit():
        return _shown(token), 422
    try:
        with engine().transaction() as session:
            came = agree(session, token, now=now())
    except Invalid as refusal:
        return _shown(token, plainly(refusal.said)), 422
    address_sent(engine(), settings(), came)
    flash(gettext("You sign in with the new address from now on."))
    return redirect(url_for("account.login"), code=303)


def _shown(token: str, problem: str = "") -> str:
    with engine().reading() as session:
        page = change_asked(session, token, now())
    return render_template("account/address.html", page=page, problem=problem)
