"""Acts on lead groups: formed by an officer, left by a member, and programmes taken on."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import SelectChoice

from web.access import engine, now, person, role, signed_in
from web.account import reauthentication
from web.administration.acts import say
from web.filters import word
from web.lead_groups.forms import GroupForm, LeavingForm, TakingOnForm
from web.wording import plainly
from workflow.approaches.page import pivotal_choices
from workflow.engine.acts.whole import At
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.frameworks.queries import in_force
from workflow.lead_groups.acts import leave
from workflow.lead_groups.form import as_formed_by
from workflow.lead_groups.form import form as form_group
from workflow.lead_groups.page import LeadGroupPage, lead_group
from workflow.lead_groups.programmes import take_on
from workflow.phrase import phrase
from workflow.reference import choices as known
from workflow.vocabulary import OFFICERS

bp = Blueprint("leading", __name__, url_prefix="/lead-groups")


@bp.get("/new")
@role(*OFFICERS)
def new() -> ResponseReturnValue:
    """The form by which an officer forms a group, begun with who leads a programme where one is named."""
    form = _offered(GroupForm(formdata=None))
    if ref := request.args.get("programme", "")[:40]:
        _begin(form, ref)
    return _forming(form)


@bp.post("/new")
@role(*OFFICERS)
def create() -> ResponseReturnValue:
    """Form the group; each member is asked to sign."""
    form = _offered(GroupForm())
    if not form.validate_on_submit():
        return _forming(form), 422
    reauthentication.demand()
    try:
        ref = form_group(
            engine(), person().id, form.constitution(), form.terms(), form.key.data or ""
        )
    except Invalid as refusal:
        say(form, refusal)
        return _forming(form), 422
    flash(gettext("Each member is asked to sign the terms of reference."))
    return redirect(url_for("lead_groups.show", ref=ref), code=303)


@bp.get("/<ref>/leave")
@signed_in
def leaving(ref: str) -> ResponseReturnValue:
    """The form by which a member gives notice."""
    return _shown("leave", _page(ref), LeavingForm(formdata=None))


@bp.post("/<ref>/leave")
@signed_in
def leave_one(ref: str) -> ResponseReturnValue:
    """Give notice."""
    form, page = LeavingForm(), _page(ref)
    if not form.validate_on_submit():
        return _shown("leave", page, form), 422
    reauthentication.demand()
    at = At(ref, form.seen_version.data, form.key.data or "", reauthentication.proof())
    try:
        leave(engine(), person().id, at, form.reasons.data or "", form.owed.data or "")
    except Invalid as refusal:
        say(form, refusal)
        return _shown("leave", page, form), 422
    flash(gettext("Notice is given. Your country leads until it has run."))
    return redirect(url_for("lead_groups.show", ref=ref), code=303)


@bp.get("/<ref>/take-on")
@role(*OFFICERS)
def taking_on(ref: str) -> ResponseReturnValue:
    """The form by which an officer says that the group leads a programme."""
    return _taking(_group(ref), TakingOnForm(formdata=None))


@bp.post("/<ref>/take-on")
@role(*OFFICERS)
def take_on_one(ref: str) -> ResponseReturnValue:
    """Have the group lead it."""
    form, page = TakingOnForm(), _group(ref)
    if not form.validate_on_submit():
        return _taking(page, form), 422
    reauthentication.demand()
    try:
        take_on(engine(), person().id, ref, form.programme.data or "")
    except (Invalid, NotFound) as refusal:
        form.programme.errors = [plainly(refusal.said)]
        return _taking(page, form), 422
    flash(gettext("The group leads it from now on."))
    return redirect(url_for("lead_groups.show", ref=ref), code=303)


def _begin(form: GroupForm, ref: str) -> None:
    """Begin the form with who leads a programme."""
    with engine().reading() as session:
        begun = as_formed_by(session, engine(), person().id, ref)
    form.title.data, form.area.data = begun.title, begun.area
    form.members.data, form.convenor.data = list(begun.members), begun.convenor


def _page(ref: str) -> LeadGroupPage:
    """The group for a member of it; refuses everybody else."""
    page = _group(ref)
    if not page.speaks:
        raise NotAuthorised(phrase("Only a member of the group gives notice, for itself."))
    return page


def _group(ref: str) -> LeadGroupPage:
    with engine().reading() as session:
        return lead_group(session, engine(), person().id, ref, now())


def _offered(form: GroupForm) -> GroupForm:
    with engine().reading() as session:
        countries, frameworks = pivotal_choices(session, now()), in_force(session, now().date())
    nothing = ("", gettext("none in particular"))
    form.members.choices = [SelectChoice(key, name) for key, name in countries]
    form.convenor.choices = [
        SelectChoice(key, name) for key, name in (("", gettext("Choose one")), *countries)
    ]
    form.framework.choices = [SelectChoice(*each) for each in (nothing, *frameworks)]
    form.area.choices = [SelectChoice(key, word(label)) for key, label in known("areas")]
    return form


def _forming(form: GroupForm) -> str:
    return render_template("lead_groups/new.html", form=form)


def _taking(page: LeadGroupPage, form: TakingOnForm) -> str:
    return render_template("lead_groups/take_on.html", page=page, form=form)


def _shown(kind: str, page: LeadGroupPage, form: LeavingForm) -> str:
    if form.seen_version.data is None:
        form.seen_version.data = page.version
    return render_template(f"lead_groups/{kind}.html", page=page, form=form)
