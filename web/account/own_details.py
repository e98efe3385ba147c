"""One's own language and time zone: how pages and letters speak to whoever is signed in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, signed_in
from web.account.forms import OwnDetailsForm
from workflow.people.accounts.details import details_of, speak_as

bp = Blueprint("own_details", __name__, url_prefix="/account")


@bp.get("/details")
@signed_in
def show() -> ResponseReturnValue:
    """The language and the time zone as they are kept."""
    with engine().reading() as session:
        known = details_of(session, person().id)
    return _shown(
        OwnDetailsForm(None, data={"language": known.language, "time_zone": known.time_zone})
    )


@bp.post("/details")
@signed_in
def keep() -> ResponseReturnValue:
    """Keep them as they are wanted from now on."""
    form = OwnDetailsForm()
    if not form.validate_on_submit():
        return _shown(form), 422
    with engine().transaction() as session:
        language, zone = form.language.data or "", form.time_zone.data or ""
        changed = speak_as(session, person().id, language, zone, now=now())
    flash(gettext("It is kept.") if changed else gettext("Nothing was changed."))
    return redirect(url_for(".show"), code=303)


def _shown(form: OwnDetailsForm) -> str:
    return render_template("account/details.html", form=form)
