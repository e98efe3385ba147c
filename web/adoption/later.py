"""What later files say of programmes that have moved on here: shown, accepted or declined."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, role
from web.adoption.forms import DifferenceForm
from web.adoption.words import COLUMNS
from web.wording import plainly
from workflow.errors import Refusal
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.adoption.differences import decide_difference, differences
from workflow.vocabulary import OFFICERS

bp = Blueprint("later", __name__, url_prefix="/records/differences")


@bp.get("")
@role(*OFFICERS)
def index() -> ResponseReturnValue:
    """Every difference that waits, column by column beside what is kept."""
    return _shown()


@bp.post("/<ref>/<int:number>")
@role(*OFFICERS)
def decide(ref: str, number: int) -> ResponseReturnValue:
    """Accept or decline one difference; states, rounds and parties stay as they are."""
    form = DifferenceForm()
    if not form.validate_on_submit():
        return _shown(gettext("This form is damaged. Open the page again."), form, number), 422
    try:
        decide_difference(engine(), person().id, form.command(ref, number))
    except Refusal as refusal:
        return _shown(plainly(refusal.said), form, number), 409
    flash(gettext("Recorded."))
    return redirect(url_for(".index"), code=303)


def _shown(problem: str = "", form: DifferenceForm | None = None, number: int = 0) -> str:
    """The page; what was written to the difference of a refused form stays with it."""
    with engine().reading() as session:
        waiting = differences(session)
    return render_template(
        "adoption/differences.html",
        waiting=waiting,
        problem=problem,
        written={number: form.reason.data} if form else {},
        columns=COLUMNS,
        fresh_key=new_key,
    )
