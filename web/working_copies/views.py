"""What a person typed and did not send: kept while they type, given back to them, thrown away by them."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, settings, signed_in
from web.filters import instant
from web.intake.kept import is_text, kept_of
from web.wording import plainly
from web.working_copies.held_forms import LONGEST_KEY, destination, page_here
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Invalid, NotFound
from workflow.phrase import phrase
from workflow.working_copies import copies
from workflow.working_copies.copies import Copy, FormWords

bp = Blueprint("working_copies", __name__, url_prefix="/working-copies")

MOST_PLACES = 20


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Everything of the person's own that was typed and not sent."""
    with engine().reading() as session:
        found = copies.every(session, person().id)
    return render_template(
        "working_copies/index.html",
        copies=found, days=settings().unsent_days, is_text=is_text, page=page_here,
    )  # fmt: skip


@bp.post("")
@signed_in
def keep() -> ResponseReturnValue:
    """Keep a form as it stands; the script of the page sends it every few seconds."""
    written = _written()
    try:
        with engine().transaction() as session:
            counts = copies.keep(session, person().id, written, now())
    except Invalid as refusal:
        return jsonify(said=plainly(refusal.said)), 413
    return jsonify(kept=counts, said=_said())


@bp.get("/left")
@signed_in
def left() -> ResponseReturnValue:
    """What the person left in the forms of a page, for its script to put back."""
    places = request.args.getlist("place")[:MOST_PLACES]
    with engine().reading() as session:
        found = copies.of_places(session, person().id, places)
    words = {"put": gettext("Put it in"), "all": gettext("All unsent texts")}
    return jsonify(
        [
            {"place": each.place, "said": _again(each), "fields": each.fields, **words}
            for each in found
        ]
    )  # fmt: skip


@bp.post("/<int:number>/discard")
@signed_in
def discard(number: int) -> ResponseReturnValue:
    """Throw a text away that the person does not want any more."""
    with engine().transaction() as session:
        key = request.form.get("key", "")[:LONGEST_KEY]
        copies.throw_away(session, person().id, number, key, now())
    flash(gettext("The unsent text is thrown away."))
    back = page_here(request.args.get("next", ""))
    return redirect(back or url_for(".index"), code=303)


def _said() -> str:
    """What stands under a form whose words are kept."""
    return gettext(
        "Kept for you: %(at)s. It counts only once you save or send it.", at=instant(now())
    )


def _again(copy: Copy) -> str:
    """What stands above a form whose words are given back."""
    return gettext("What you typed here until %(at)s was not sent.", at=instant(copy.saved_at))


def _written() -> FormWords:
    """The form as it was sent to be kept; refuses an address that takes none, or of an unknown case."""
    place, named = request.args.get("place", ""), destination(request.args.get("place", ""))
    if named is None:
        raise NotFound(phrase("There is no such form."))
    case = None
    if "ref" in named:
        with engine().reading() as session:
            case = visible_case(session, str(named["ref"]), person().id, now()).id
    key = request.args.get("key", "")[:LONGEST_KEY]
    page = page_here(request.args.get("page", ""))
    return FormWords(place, kept_of(request.form.items(multi=True)), page, case, key)
