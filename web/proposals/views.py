"""The proposals of the parties that a person submits for."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.proposals.forms import BeginForm
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised
from workflow.people.queries import Office
from workflow.phrase import phrase
from workflow.programmes.commands import LIFECYCLE, PROPOSAL, propose
from workflow.programmes.lists.proposals import MOST_SHOWN, my_proposals

bp = Blueprint("proposals", __name__, url_prefix="/proposals")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """What is being written, what came back, and what is on its way."""
    with engine().reading() as session:
        mine = my_proposals(session, engine(), person().id)
    return render_template("proposals/index.html", page=mine, most=MOST_SHOWN)


@bp.get("/new")
@signed_in
def new() -> ResponseReturnValue:
    """Ask for a title and whose proposal it is."""
    return _shown(_form(formdata=None))


@bp.post("/new")
@signed_in
def begin() -> ResponseReturnValue:
    """Begin a proposal and go on to its first section."""
    form = _form()
    if not form.validate_on_submit():
        return _shown(form), 422
    content = {"title": form.title.data}
    try:
        proposed = propose(
            engine(), person().id, int(form.party.data), content, form.key.data or ""
        )
    except Invalid as refusal:
        form.title.errors = [*form.title.errors, plainly(refusal.said)]
        return _shown(form), 422
    flash(gettext("%(ref)s is begun. Only your party sees it until you submit.", ref=proposed.ref))
    return redirect(url_for("documents.begin", ref=proposed.ref, kind=PROPOSAL), code=303)


def _form(**options: None) -> BeginForm:
    """The form with the parties that this person submits for."""
    offices = _offices()
    if not offices:
        raise NotAuthorised(
            phrase("Only a submitter of a country or institution may begin a proposal.")
        )
    form = BeginForm(**options)
    form.party.choices = [(str(office.party_id), office.party_name) for office in offices]
    return form


def _offices() -> tuple[Office, ...]:
    return tuple(office for office in person().offices if office.role == "submitter")


def _shown(form: BeginForm) -> str:
    _, definition = engine().published(LIFECYCLE)
    return render_template("proposals/new.html", form=form, definition=definition)
