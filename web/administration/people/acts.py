"""Acts on accounts of office holders: what the second administrator decides."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.offices.acts import acts_page
from web.administration.offices.forms import DeclineForm
from web.administration.people.forms import PlainForm
from web.administration.people.views import invitation_page, say_of_address
from workflow.errors import Invalid
from workflow.people.accounts.acts import decline
from workflow.people.accounts.links import confirm
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("keeping_account_acts", __name__, url_prefix="/office/acts/accounts")


@bp.post("/<int:number>/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for; a link leaves by letter where mail is on."""
    if not PlainForm().validate_on_submit():
        return acts_page(), 422
    mail = bool(settings().mail_server)
    with engine().transaction() as session:
        came = confirm(session, number, by=person().id, now=now(), mail=mail)
    if came.token:
        return invitation_page(came)
    say_of_address(came)
    flash(gettext("Confirmed: it is done."))
    return redirect(url_for("keeping_acts.index"), code=303)


@bp.post("/<int:number>/refusal")
@role(ADMINISTRATOR)
def refuse(number: int) -> ResponseReturnValue:
    """Decline what another administrator asked for, with a reason."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return acts_page(account=number, form=form), 422
    try:
        with engine().transaction() as session:
            decline(session, number, form.reason.data or "", by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return acts_page(account=number, form=form), 422
    flash(gettext("Declined: nothing has changed."))
    return redirect(url_for("keeping_acts.index"), code=303)
