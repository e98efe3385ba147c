"""The page on which an auditor takes histories away, one or a portfolio of them."""

from collections.abc import Sequence

from babel import Locale
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from web.access import engine, now, person, role
from web.exports.files import EXPORT, cases_of, wanted_export
from web.exports.forms import LEADS_TO, ExportForm
from web.filters import word
from web.orders.hand_out import AT_ONCE, made_at_once, ordered
from web.orders.kind import Wanted
from web.wording import area_label, plainly
from workflow.errors import Invalid, NotFound
from workflow.exports.population import at_most_events
from workflow.programmes.lists import counts
from workflow.vocabulary import Stage

NAMED = frozenset({"ref", "text", "framework", "stage", "country", "area"})

bp = Blueprint("exports", __name__, url_prefix="/exports")


@bp.get("")
@role("auditor")
def show() -> ResponseReturnValue:
    """What can be taken away; an address may name a history or a portfolio."""
    named = {name: value for name, value in request.args.items() if name in NAMED}
    return _page(ExportForm(formdata=None, data=named))


@bp.post("")
@role("auditor")
def take() -> ResponseReturnValue:
    """Put on record that a copy is taken away, and hand it out."""
    form = ExportForm()
    if not form.validate_on_submit():
        return _page(form), 422
    locale = get_locale() or Locale("en")
    request_ = form.wish(right_to_left=locale.text_direction == "rtl")
    wanted = wanted_export(request_, form.ref.data or "", form.filters())
    try:
        ids = cases_of(engine(), person().id, wanted)
    except NotFound:
        form.ref.errors = [gettext("There is no history of this name.")]
        return _page(form), 422
    if not ids:
        form.text.errors = [gettext("No history matches; take a filter away.")]
        return _page(form), 422
    return _made(form, wanted, ids)


def _made(form: ExportForm, wanted: Wanted, ids: Sequence[int]) -> ResponseReturnValue:
    """The file, or where it is large the page that says how far it is."""
    with engine().reading() as session:
        events = at_most_events(session, ids, AT_ONCE)
    if events <= AT_ONCE:
        return made_at_once(EXPORT, wanted)
    try:
        ordered(EXPORT, wanted)
    except Invalid as refusal:
        return _page(form, plainly(refusal.said)), 409
    return redirect(url_for("orders.index"), code=303)


def _page(form: ExportForm, problem: str = "") -> str:
    with engine().reading() as session:
        choices = counts.choices(session, person().id, now())
    form.offer(choices, area_label, _stage)
    return render_template(
        "exports/show.html", form=form, leads_to=LEADS_TO, problem=problem, at_once=AT_ONCE
    )


def _stage(stage: Stage) -> str:
    return gettext("Ended") if stage is Stage.END else str(word(stage.value.capitalize()))
