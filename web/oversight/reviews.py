"""What was reviewed and what was not, and the one act of an auditor: a mark."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role
from web.intake.numbers import number_of
from web.oversight.forms import MarkForm
from web.oversight.query_args import standing_cursor, standing_place, text_of
from web.wording import plainly
from workflow.errors import Invalid, NotFound
from workflow.history import known_case
from workflow.oversight.events.page import EventLine, one_event
from workflow.oversight.reviews.list import marks
from workflow.oversight.reviews.mark import EVENT, THROUGH, mark
from workflow.oversight.reviews.progress import PAGE, reviews_page
from workflow.phrase import phrase

bp = Blueprint("reviewing", __name__, url_prefix="/oversight/reviews")
ANYBODY = "anybody"


@bp.get("")
@role("auditor")
def index() -> ResponseReturnValue:
    """Every history with how far it was reviewed and what is new since."""
    whose = (
        None
        if request.args.get("person") == ANYBODY
        else number_of(request.args, "person") or person().id
    )
    with engine().reading() as session:
        page = reviews_page(
            session,
            person=whose,
            standing=text_of(request.args, "standing"),
            after=standing_cursor(request.args),
        )
    return render_template(
        "oversight/reviews.html", page=page, me=person().id, older=standing_place(page.older)
    )


@bp.get("/marks")
@role("auditor")
def listed() -> ResponseReturnValue:
    """Every mark that was made, with its note."""
    ref, whose = text_of(request.args, "ref"), number_of(request.args, "person")
    with engine().reading() as session:
        found = marks(session, ref=ref, person=whose, before=number_of(request.args, "before"))
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template(
        "oversight/marks.html", marks=found[:PAGE], older=older, ref=ref, whose=whose
    )


@bp.get("/mark")
@role("auditor")
def begin() -> ResponseReturnValue:
    """The event that is to be marked, in words, and the form for the mark."""
    form = MarkForm(request.args)
    if form.covers.data not in (EVENT, THROUGH):
        form.covers.data = THROUGH
    return _shown(form)


@bp.post("/mark")
@role("auditor")
def save() -> ResponseReturnValue:
    """Mark an event, or a history up to it, as reviewed."""
    form = MarkForm()
    if not form.validate_on_submit():
        return _shown(form), 422
    try:
        made = mark(engine(), person().id, form.mark())
    except Invalid as refusal:
        form.note.errors = [*form.note.errors, plainly(refusal.said)]
        return _shown(form), 422
    flash(gettext("Marked as reviewed.") if made.anew else gettext("You had marked this before."))
    return redirect(url_for("histories.show", ref=made.ref) + f"#event-{made.event_seq}", code=303)


def _shown(form: MarkForm) -> str:
    return render_template("oversight/mark.html", form=form, event=_event(form))


def _event(form: MarkForm) -> EventLine:
    """The event that the form speaks of; refuses one that is not there."""
    ref, seq = form.ref.data or "", form.seq.data
    with engine().reading() as session:
        case = known_case(session, ref, person().id, now())
        found = one_event(session, engine(), case.id, seq) if seq else None
    if found is None:
        raise NotFound(phrase("There is no such event on this history."))
    return found
