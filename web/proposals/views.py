"""The proposals of the parties that a person submits for."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import filters
from web.access import engine, person, signed_in
from web.proposals.forms import BeginProposalForm
from web.proposals.outline import Choice, choice
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised
from workflow.people.queries import Office
from workflow.phrase import phrase
from workflow.programmes.commands import propose
from workflow.programmes.lists.proposals import MOST_SHOWN, my_proposals
from workflow.programmes.outline import proposers

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
    """Ask for a title, whose proposal it is, and what its lifecycle depends on."""
    asked = choice()
    return _shown(_form(asked, formdata=None), asked), 422 if asked.form.errors else 200


@bp.post("/new")
@signed_in
def begin() -> ResponseReturnValue:
    """Begin a proposal and go on to its first section, or say first which lifecycle applies to it."""
    asked = choice()
    form = _form(asked)
    unweighed = _weigh(form, asked)
    if "see" in request.form:
        return _shown(form, asked), 422 if asked.form.errors else 200
    if not form.validate_on_submit() or asked.form.errors:
        return _shown(form, asked), 422
    if unweighed:
        form.lifecycle.errors = [unweighed]
        return _shown(form, asked), 422
    content = {"title": form.title.data, **asked.content(form.lifecycle.data)}
    party, key = int(form.party.data), form.key.data or ""
    try:
        begun = propose(engine(), person().id, party, content, key, lifecycle=form.lifecycle.data)
    except Invalid as refusal:
        form.title.errors = [*form.title.errors, plainly(refusal.said)]
        return _shown(form, asked), 422
    flash(gettext("%(ref)s is begun. Only your party sees it until you submit.", ref=begun.ref))
    return redirect(url_for("documents.begin", ref=begun.ref, kind=begun.kind), code=303)


def _form(asked: Choice, **options: None) -> BeginProposalForm:
    """The form with the parties that this person submits for, and the lifecycles to choose from."""
    offices = _offices(asked)
    if not offices:
        raise NotAuthorised(
            phrase("Only a submitter of a country or institution may begin a proposal.")
        )
    form = BeginProposalForm(lifecycle=asked.advised, **options)
    form.party.choices = [(str(office.party_id), office.party_name) for office in offices]
    form.lifecycle.choices = [(each.key, filters.word(each.title)) for each in asked.offers]
    if len(asked.offers) == 1:
        form.lifecycle.data = asked.offers[0].key
    return form


def _weigh(form: BeginProposalForm, asked: Choice) -> str:
    """Choose what applies to the answers now, unless something else was chosen; says so where that is news."""
    before = request.form.get("weighed", asked.advised)
    if before == asked.advised or form.lifecycle.data != before:
        return ""
    form.lifecycle.data = asked.advised
    return gettext("By what you said, another lifecycle applies. Look at it, then begin.")


def _offices(asked: Choice) -> tuple[Office, ...]:
    """Those in which this person may begin a proposal, one for each party."""
    roles = proposers(asked.lifecycles)
    held = {office.party_id: office for office in person().offices if office.role in roles}
    return tuple(held.values())


def _shown(form: BeginProposalForm, asked: Choice) -> str:
    return render_template("proposals/new.html", form=form, choice=asked)
