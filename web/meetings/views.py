"""The list of meetings, and the form by which an officer plans one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from wtforms.fields import SelectChoice

from web.access import engine, now, person, role, signed_in
from web.account import reauthentication
from web.administration.acts import say
from web.anchors.checkpoint_copies import carry
from web.filters import word
from web.meetings.csv_rows import meetings_file
from web.meetings.forms import PlanForm
from web.meetings.query_args import address, filters_of
from web.meetings.words import KINDS, REGIONS, STANDS
from workflow.errors import Invalid
from workflow.frameworks.queries import framework_names
from workflow.meetings.lines import every_meeting, meetings
from workflow.meetings.plan import plan
from workflow.reference import choices as known
from workflow.reference import reference
from workflow.vocabulary import OFFICERS

bp = Blueprint("meetings", __name__)


@bp.get("/meetings")
@signed_in
def index() -> ResponseReturnValue:
    """The meetings that the person may know of, as narrowed, from one line on."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = meetings(session, engine(), person().id, filters, now())
        frameworks = tuple(framework_names(session).items())
    return render_template(
        "meetings/index.html",
        page=page,
        frameworks=frameworks,
        areas=known("areas"),
        countries=_countries(),
        kinds=KINDS,
        regions=REGIONS,
        stands=STANDS,
        address=address,
    )


@bp.get("/meetings.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The meetings of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        lines = every_meeting(session, engine(), person().id, filters, now())
        return carry(meetings_file(lines))


@bp.get("/meetings/new")
@role(*OFFICERS)
def new() -> ResponseReturnValue:
    """The form by which an officer plans a meeting."""
    form = _offered(PlanForm(formdata=None))
    form.year.data = now().year
    return _planning(form)


@bp.post("/meetings/new")
@role(*OFFICERS)
def begin() -> ResponseReturnValue:
    """Plan it; whom it invites and why may be changed in the plan until it is called."""
    form = _offered(PlanForm())
    if not form.validate_on_submit():
        return _planning(form), 422
    reauthentication.demand()
    try:
        ref = plan(engine(), person().id, form.plan(), form.key.data or "")
    except Invalid as refusal:
        say(form, refusal)
        return _planning(form), 422
    flash(gettext("The meeting is planned. Nobody else knows of it until it is called."))
    return redirect(url_for("programmes.show", ref=ref), code=303)


def _countries() -> tuple[str, ...]:
    """The countries that South-South cooperation is for, by their letters."""
    return tuple(code for code, _ in known("countries") if reference().is_developing(code))


def _offered(form: PlanForm) -> PlanForm:
    with engine().reading() as session:
        frameworks = tuple(framework_names(session).items())
    nothing = ("", gettext("none in particular"))
    form.framework.choices = [SelectChoice(*each) for each in (nothing, *frameworks)]
    form.areas.choices = [SelectChoice(key, word(label)) for key, label in known("areas")]
    form.invited.choices = [
        SelectChoice(code, name) for code, name in known("countries") if code in set(_countries())
    ]
    return form


def _planning(form: PlanForm) -> str:
    return render_template("meetings/new.html", form=form)
