"""The proposals of the parties that a person submits for."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web import filters
from web.access import engine, now, person, signed_in
from web.proposals.forms import BeginProposalForm
from web.proposals.outline import Choice, choice
from web.wording import plainly
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Invalid, NotAuthorised
from workflow.free_text import searched
from workflow.meetings.turn import propose_from
from workflow.people.queries import Office
from workflow.phrase import phrase
from workflow.programmes.commands import Proposed, propose
from workflow.programmes.lists.proposals import MOST_SHOWN, my_proposals
from workflow.programmes.meetings.origins import Origin, match_of
from workflow.programmes.outline import proposers

# The longest that is read of an address, and a title at most.
LONGEST = 200

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
    form = _form(asked, formdata=None)
    form.title.data = _title_of_match() or form.title.data
    return _shown(form, asked), 422 if asked.form.errors else 200


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
        begun = _begun(party, content, key, form.lifecycle.data)
    except Invalid as refusal:
        form.title.errors = [*form.title.errors, plainly(refusal.said)]
        return _shown(form, asked), 422
    flash(gettext("%(ref)s is begun. Only your party sees it until you submit.", ref=begun.ref))
    return redirect(url_for("documents.begin", ref=begun.ref, kind=begun.kind), code=303)


def _begun(party: int, content: Mapping[str, Any], key: str, lifecycle: str) -> Proposed:
    """Begin it, for what was committed to at a meeting or a match there where the address names one."""
    origin = _origin()
    if origin is None:
        return propose(engine(), person().id, party, content, key, lifecycle=lifecycle)
    return propose_from(engine(), person().id, party, origin, content, key, lifecycle=lifecycle)


def _origin() -> Origin | None:
    """What the address says that the proposal comes of."""
    ref, match = searched(request.args.get("came_of", "")), searched(request.args.get("match", ""))
    return Origin(ref[:LONGEST], match[:LONGEST]) if ref else None


def _title_of_match() -> str | None:
    """What a match is about, as a title to begin with; nothing where the person may not know of it."""
    origin = _origin()
    if origin is None or not origin.match:
        return None
    with engine().reading() as session:
        visible_case(session, origin.ref, person().id, now())
        found = match_of(session, origin.ref, origin.match)
    return str(found["topic"])[:LONGEST] if found else None


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
