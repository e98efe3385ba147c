"""Mandates: whom a person lets answer for an office of theirs, and for whom they may answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import filters
from web.access import engine, now, person, signed_in
from web.people.forms import MandateForm, RevocationForm
from web.wording import plainly
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.people.appointments import APART
from workflow.people.mandate_page import MandatePage, mandate_page
from workflow.people.mandates import grant, revoke
from workflow.phrase import phrase

bp = Blueprint("mandates", __name__, url_prefix="/people/mandates")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """The mandates that the person gave and received."""
    page = _page()
    form = _form(page)
    form.starts_on.data = now().date()
    return _shown(page, form)


@bp.post("")
@signed_in
def give() -> ResponseReturnValue:
    """Give a mandate."""
    page = _page()
    form = _form(page)
    if not form.appointment.choices:
        raise NotAuthorised(phrase("You hold no office today that somebody could answer for."))
    if not form.validate_on_submit():
        return _shown(page, form), 422
    try:
        _refuse_unknown(form.ref.data or "")
        with engine().transaction() as session:
            grant(session, person().id, form.grant(), now=now())
    except Invalid as refusal:
        for name, said in refusal.faults.items():
            named = form["ref" if name == "scope" else name]
            named.errors = [*named.errors, plainly(said)]
        return _shown(page, form), 422
    flash(gettext("The mandate is given."))
    return redirect(url_for(".index"), code=303)


@bp.post("/<int:mandate_id>/revocation")
@signed_in
def take_back(mandate_id: int) -> ResponseReturnValue:
    """Revoke a mandate at once."""
    if RevocationForm().validate_on_submit():
        with engine().transaction() as session:
            revoke(session, person().id, mandate_id, now=now())
        flash(gettext("The mandate is revoked. It is good for nothing from now on."))
    return redirect(url_for(".index"), code=303)


def _page() -> MandatePage:
    with engine().reading() as session:
        return mandate_page(session, person().id)


def _form(page: MandatePage) -> MandateForm:
    """The form with what this person can choose from."""
    form = MandateForm()
    form.appointment.choices = [
        (held.appointment_id, filters.office(held))
        for held in person().offices
        if held.role not in APART
    ]
    form.delegate.choices = list(page.people)
    form.round.choices = [("", gettext("All of them")), *_rounds().items()]
    return form


def _rounds() -> dict[str, str]:
    """What the rounds of the lifecycles in force are called; of two words for one the first counts."""
    rounds = (spec for _, each in reversed(engine().in_force()) for spec in each.rounds.values())
    return {spec.key: filters.word(spec.label) for spec in rounds}


def _refuse_unknown(ref: str) -> None:
    """Refuse a programme that the person may not know of, as one that is not there."""
    if not ref:
        return
    try:
        with engine().reading() as session:
            visible_case(session, ref, person().id, now())
    except NotFound as refusal:
        raise Invalid(refusal.said, {"ref": refusal.said}) from refusal


def _shown(page: MandatePage, form: MandateForm) -> str:
    return render_template(
        "people/mandates.html", page=page, form=form, today=now().date(), rounds=_rounds()
    )
