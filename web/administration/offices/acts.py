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
from workflow.offices.reporting.page import waiting as waiting_on_reporting
from workflow.people.accounts.acts import waiting as waiting_on_accounts
from workflow.people.terms.requests import decline, roles_of_two
from workflow.publication.page import waiting as waiting_on_lifecycles
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "keeping_acts",
    __name__,
    "acts",
    Section(
        "keeping_acts.index",
        lazy_gettext("Waits for a second administrator"),
        lazy_gettext(
            "Appointments, links and lifecycles that two administrators decide on together"
        ),
        "users-plus",
        30,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every act that waits, mine and those of others."""
    return acts_page()


@bp.post("/<int:number>/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for."""
    if not PlainForm().validate_on_submit():
        return acts_page(), 422
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
        return acts_page(office=number, form=form), 422
    try:
        with engine().transaction() as session:
            decline(session, number, form.reason.data or "", by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return acts_page(office=number, form=form), 422
    flash(gettext("Declined: nothing has changed."))
    return redirect(url_for(".index"), code=303)


def acts_page(*, office: int = 0, account: int = 0, form: DeclineForm | None = None) -> str:
    """Every act that waits, with what is wrong in the refusal of one on an office or an account."""
    with engine().reading() as session:
        waiting = waiting_acts(session, person().id, now().date())
        accounts = waiting_on_accounts(session, person().id, now())
        lifecycles = waiting_on_lifecycles(session, person().id, now())
        reporting = waiting_on_reporting(session, person().id)
        two_for = roles_of_two(session, settings().four_eyes, now().date())
    return render_template(
        "administration/offices/acts.html",
        waiting=waiting,
        accounts=accounts,
        lifecycles=lifecycles,
        reporting=reporting,
        declined=office,
        declined_account=account,
        form=form or DeclineForm(formdata=None),
        empty_form=DeclineForm(formdata=None),
        two_for=two_for,
    )
