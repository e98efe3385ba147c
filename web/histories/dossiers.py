"""The dossier of a history: a page that says what it is, and the zip file itself."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional

from web.access import engine, now, person, signed_in
from web.frame import in_words_of
from web.orders.hand_out import LATE, answer, shelf
from web.wording import plainly
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.orders import fetch, last_order, may_ask, order
from workflow.errors import Invalid
from workflow.tlog.witnesses import anchors

bp = Blueprint("dossiers", __name__, url_prefix="/histories/<ref>/dossier")

LARGEST_SIZE = 2**53


class DossierForm(FlaskForm):
    """What may be left out of a dossier, and from where its proof should begin."""

    bare = BooleanField(lazy_gettext("Leave out names, reasons and papers"))
    since = IntegerField(
        lazy_gettext("Size of a checkpoint that you kept"),
        validators=[
            Optional(),
            NumberRange(1, LARGEST_SIZE, lazy_gettext("Give the number on its second line.")),
        ],
    )


@bp.get("")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """What a dossier is, what is in it, and a button to make one."""
    return _page(ref, DossierForm())


@bp.post("")
@signed_in
def make(ref: str) -> ResponseReturnValue:
    """Order the dossier, which is made behind the pages; the page says how far it is."""
    form = DossierForm()
    if not form.validate_on_submit():
        return _page(ref, form), 422
    request = DossierRequest(ref, person().id, bare=bool(form.bare.data), since=form.since.data)
    try:
        order(engine(), person().id, request, str(get_locale() or "en"))
    except Invalid as refusal:
        return _page(ref, form, plainly(refusal.said)), 409
    return redirect(url_for(".show", ref=ref), code=303)


@bp.post("/<int:number>")
@signed_in
def take(ref: str, number: int) -> ResponseReturnValue:
    """Put on record that the dossier is taken away, and hand it out."""
    file = fetch(engine(), shelf(), person().id, ref, number)
    return answer(file, f"dossier-{ref}.zip", "application/zip")


def _page(ref: str, form: DossierForm, problem: str = "") -> str:
    with engine().reading() as session:
        case = may_ask(session, engine(), DossierRequest(ref, person().id))
        found = anchors.current(session)
        ordered = last_order(session, shelf(), person().id, case.ref, now())
    if case.definition_id is not None:
        in_words_of(engine().definition(case.definition_id))
    published = found[0] if found else None
    witnessed = found is not None and found[0].note != found[1]
    late = ordered is not None and ordered.waits_longer_than(LATE, now())
    return render_template(
        "histories/dossier.html",
        case=case, form=form, published=published, witnessed=witnessed,
        ordered=ordered, late=late, problem=problem,
    )  # fmt: skip
