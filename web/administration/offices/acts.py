"""What takes two administrators: what waits, and what the second one decides."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.offices.forms import DeclineForm
from web.administration.people.forms import PlainForm
from web.administration.sections import OfficeRoom, Section
from workflow.errors import Invalid
from workflow.offices.appointments import confirmed, waiting_acts
from workflow.people.terms.requests import decline
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "keeping_acts",
    __name__,
    "acts",
    Section(
        "keeping_acts.index",
        lazy_gettext("Waits for a second administrator"),
        lazy_gettext("Appointments that two administrators make together"),
        "users-plus",
        30,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every act that waits, mine and those of others."""
    return _shown()


@bp.post("/<int:number>/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for."""
    if not PlainForm().validate_on_submit():
        return _shown(), 422
    with engine().transaction() as session:
        confirmed(engine(), session, number, by=person().id)
    flash(gettext("Confirmed: it is done."))
    return redirect(url_for(".index"), code=303)


@bp.post("/<int:number>/refusal")
@role(ADMINISTRATOR)
def refuse(number: int) -> ResponseReturnValue:
    """Decline what another administrator asked for, with a reason."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _shown(number, form), 422
    try:
        with engine().transaction() as session:
            decline(session, number, form.reason.data or "", by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return _shown(number, form), 422
    flash(gettext("Declined: nothing has changed."))
    return redirect(url_for(".index"), code=303)


def _shown(number: int = 0, form: DeclineForm | None = None) -> str:
    with engine().reading() as session:
        waiting = waiting_acts(session, person().id)
    return render_template(
        "administration/offices/acts.html",
        waiting=waiting,
        declined=number,
        form=form or DeclineForm(formdata=None),
        empty_form=DeclineForm(formdata=None),
        two_for=settings().four_eyes,
    )
