"""An act on a lifecycle that waits for a second administrator: read whole, confirmed or declined."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from web import filters
from web.access import engine, now, person, role
from web.administration.acts import say
from web.administration.lifecycles.drafts import toml_file
from web.administration.offices.forms import DeclineForm
from web.administration.people.forms import PlainForm
from web.lifecycles.picture import picture
from workflow.errors import Invalid, NotFound
from workflow.lifecycles.course import by_round, course
from workflow.phrase import phrase
from workflow.publication.exports import toml_of
from workflow.publication.page import WaitingLine, waiting, what_waits
from workflow.publication.requests import confirm, decline
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("lifecycle_acts", __name__, url_prefix="/office/lifecycles/acts/<int:number>")


@bp.get("")
@role(ADMINISTRATOR)
def show(number: int) -> ResponseReturnValue:
    """What waits, with the whole lifecycle that would be offered."""
    return _shown(number, DeclineForm(formdata=None))


@bp.post("/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for."""
    form = PlainForm()
    key = waiting_line(number).key
    if not form.validate_on_submit():
        return _shown(number, DeclineForm(formdata=None)), 422
    try:
        with engine().transaction() as session:
            confirm(session, number, by=person().id, now=now())
    except Invalid as refusal:
        return _shown(number, DeclineForm(formdata=None), refusal), 422
    flash(gettext("Confirmed: it is done."))
    return redirect(url_for("lifecycle_register.show", key=key), code=303)


@bp.post("/refusal")
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
    return redirect(url_for("lifecycle_drafts.index"), code=303)


@bp.get("/file")
@role(ADMINISTRATOR)
def export(number: int) -> ResponseReturnValue:
    """What would be offered, as a file."""
    with engine().reading() as session:
        found = what_waits(session, number)
    if found is None:
        raise NotFound(phrase("This act is about no version."))
    return toml_file(toml_of(found), f"{found.key}-{found.mark}.toml")


def waiting_line(number: int) -> WaitingLine:
    """The act as whoever is signed in reads it; refuses one that waits no more."""
    with engine().reading() as session:
        lines = {each.number: each for each in waiting(session, person().id)}
    if number not in lines:
        raise NotFound(phrase("This act waits no more; it was decided on, or there never was one."))
    return lines[number]


def _shown(number: int, form: DeclineForm, refusal: Invalid | None = None) -> str:
    line = waiting_line(number)
    with engine().reading() as session:
        found = what_waits(session, number)
    locale = get_locale()
    mirrored = locale is not None and locale.text_direction == "rtl"
    laid = course(found) if found else None
    return render_template(
        "administration/lifecycles/request.html",
        line=line,
        definition=found,
        course=laid,
        picture=picture(laid, filters.word, mirrored=mirrored) if laid else None,
        ways=by_round(found) if found else {},
        form=form,
        refusal=refusal.said if refusal else None,
    )
