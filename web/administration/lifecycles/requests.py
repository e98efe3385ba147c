"""An act on a lifecycle that waits for a second administrator: read whole, confirmed or declined."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role
from web.administration.acts import say
from web.administration.lifecycles.drafts import toml_file
from web.administration.offices.forms import DeclineForm
from web.administration.people.forms import PlainForm
from web.lifecycles.whole import whole
from workflow.errors import Invalid, NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.files import file_of
from workflow.lifecycles.texts.translation import Translation, english_of
from workflow.phrase import Phrase, phrase
from workflow.publication.exports import toml_of
from workflow.publication.migration.page import PlanPage, plan_page
from workflow.publication.migration.requests import MigrationOutcome, confirm, tried_again
from workflow.publication.models import LifecycleAct
from workflow.publication.page import WaitingLine, waiting, what_waits
from workflow.publication.requests import decline
from workflow.publication.succession import offered_then
from workflow.vocabulary import ADMINISTRATOR

OTHERWISE = phrase(
    "It does not come out by now as it stood on the page, so nothing was moved. Read it again, as it "
    "is now, and decide."
)
bp = Blueprint("lifecycle_acts", __name__, url_prefix="/office/lifecycles/acts/<int:number>")


@bp.get("")
@role(ADMINISTRATOR)
def show(number: int) -> ResponseReturnValue:
    """What waits, with the whole lifecycle that would be offered."""
    return _shown(number, DeclineForm(formdata=None))


@bp.post("/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for, of programmes to be moved as the page showed it."""
    form, bare = PlainForm(), DeclineForm(formdata=None)
    key = waiting_line(number).key
    if not form.validate_on_submit():
        return _shown(number, bare), 422
    seen = request.form.get("seen", "")
    try:
        done = confirm(engine(), number, by=person().id, seen=seen)
    except Invalid as refusal:
        return _shown(number, bare, refusal.said), 422
    if done.otherwise:
        return _shown(number, bare, OTHERWISE, done), 409
    flash(gettext("Confirmed: it is done."))
    return redirect(url_for("lifecycle_register.show", key=key), code=303)


@bp.post("/refusal")
@role(ADMINISTRATOR)
def refuse(number: int) -> ResponseReturnValue:
    """Decline what another administrator asked for, with a reason."""
    form = DeclineForm()
    if not form.validate_on_submit():
        return _shown(number, form), 422
    try:
        with engine().transaction() as session:
            decline(session, number, form.reason.data or "", by=person().id, now=now())
    except Invalid as refusal:
        say(form, refusal)
        return _shown(number, form), 422
    flash(gettext("Declined: nothing has changed."))
    return redirect(url_for("lifecycle_drafts.index"), code=303)


@bp.post("/trial")
@role(ADMINISTRATOR)
def try_again(number: int) -> ResponseReturnValue:
    """What would become by now of the programmes that are to be moved; nothing of it is kept."""
    waiting_line(number)
    if not PlainForm().validate_on_submit():
        return _shown(number, DeclineForm(formdata=None)), 422
    found = tried_again(engine(), number, by=person().id)
    return _shown(number, DeclineForm(formdata=None), found=found)


@bp.get("/file")
@role(ADMINISTRATOR)
def export(number: int) -> ResponseReturnValue:
    """What would be offered, as a file."""
    with engine().reading() as session:
        found = what_waits(session, number)
    if found is None:
        raise NotFound(phrase("This act is about no version."))
    texts = waiting_line(number).texts
    if texts is not None:
        name = f"{found.key}-{found.mark}.{texts.language}.toml"
        return toml_file(file_of(found, texts.language, texts.texts), name)
    return toml_file(toml_of(found), f"{found.key}-{found.mark}.toml")


def waiting_line(number: int) -> WaitingLine:
    """The act as whoever is signed in reads it; refuses one that waits no more."""
    with engine().reading() as session:
        lines = {each.number: each for each in waiting(session, person().id, now())}
    if number not in lines:
        raise NotFound(phrase("This act waits no more; it was decided on, or there never was one."))
    return lines[number]


def _shown(
    number: int,
    form: DeclineForm,
    refusal: Phrase | None = None,
    found: MigrationOutcome | None = None,
) -> str:
    line = waiting_line(number)
    with engine().reading() as session:
        plan = plan_page(session, engine(), number, person().id, now())
        if plan is not None:
            return _moves(line, plan, form, refusal, found)
        version = what_waits(session, number)
        retires = line.act is LifecycleAct.RETIRE
        then = (
            offered_then(session, line.key, line.digest, line.starts_on, now()) if retires else None
        )
    return render_template(
        "administration/lifecycles/request.html",
        line=line,
        definition=version,
        form=form,
        refusal=refusal,
        then=then,
        pairs=_pairs(version, line.texts) if version and line.texts else (),
        **(whole(version) if version else {}),
    )


def _pairs(version: Definition, texts: Translation) -> tuple[tuple[str, str], ...]:
    """Each text that would be entered, beside its English."""
    english = english_of(version)
    return tuple(
        (said, texts.texts[place]) for place, said in english.items() if place in texts.texts
    )


def _moves(
    line: WaitingLine,
    plan: PlanPage,
    form: DeclineForm,
    refusal: Phrase | None,
    found: MigrationOutcome | None,
) -> str:
    """Programmes that are to be moved, as it was when it was asked for, or as it was `found` by now."""
    shown = found or MigrationOutcome(plan.plan.cases)
    moving = len(shown.cases) - len(shown.stuck)
    return render_template(
        "administration/lifecycles/move.html",
        line=line,
        page=plan,
        shown=shown,
        by_now=found is not None,
        confirmable=moving > 0 and not (plan.plan.together and shown.stuck),
        form=form,
        refusal=refusal,
    )
