"""The records of one effort under a programme: proposed, confirmed by somebody else, declined and let go."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from web.access import engine, person, role, signed_in
from web.errors import status_of
from web.frame import in_words_of
from web.reviews.forms import ActForm, told
from web.wording import plainly
from workflow.engine.commands.receipts import Receipt
from workflow.errors import Invalid, NotFound, Refusal
from workflow.phrase import phrase
from workflow.programmes.adoption import acts, merger
from workflow.programmes.adoption.merger import LetGo, TakeIn
from workflow.programmes.adoption.one_effort import one_effort
from workflow.vocabulary import OFFICERS

bp = Blueprint("effort", __name__)

EFFORT = "/programmes/<ref>/same-effort"
PROPOSE, CONFIRM, DECLINE, LET_GO = ACTS = ("propose", "confirm", "decline", "let_go")
DONE = {
    PROPOSE: lazy_gettext("Proposed. Somebody else confirms it here."),
    CONFIRM: lazy_gettext("Taken in; it is kept as a record only, with its own history."),
    DECLINE: lazy_gettext("Declined; the record stays as it was."),
    LET_GO: lazy_gettext("Let go; it is a record of its own again."),
}


class EffortForm(ActForm):
    """Checks the shape of an act on a record of the same effort."""

    act = HiddenField(validators=[AnyOf(ACTS)])
    record = StringField(
        lazy_gettext("The record"),
        validators=[InputRequired(lazy_gettext("Say which record.")), Length(max=40)],
        description=lazy_gettext("Its reference."),
    )

    def carried_out(self, ref: str) -> Receipt:
        """The act done by the person who sent it."""
        record, reason = (self.record.data or "").strip(), self.reason.data or ""
        who, seen, key = person().id, self.seen_version.data or 0, self.key.data or ""
        match self.act.data:
            case "propose":
                return acts.merged(engine(), who, record, ref, reason)
            case "decline":
                return acts.not_merged(engine(), who, record, reason)
            case "confirm":
                return merger.take_in(engine(), who, TakeIn(ref, record, seen, key, reason))
        return merger.let_go(engine(), who, LetGo(ref, record, seen, key, reason))


@bp.get(EFFORT)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """The records that came under a programme, those that are proposed to, and what their sources say of their money."""
    return _shown(ref)


@bp.post(EFFORT)
@role(*OFFICERS)
def act(ref: str) -> ResponseReturnValue:
    """Propose, confirm, decline, or let go; what was typed stays with what is wrong with it."""
    form = EffortForm()
    if not form.validate_on_submit():
        return _shown(ref, form, told_first(form)), 422
    try:
        form.carried_out(ref)
    except Refusal as refusal:
        faults = refusal.faults if isinstance(refusal, Invalid) else {}
        said = refusal.said
        if isinstance(refusal, NotFound):
            said = phrase("There is no record called %(ref)s.", ref=form.record.data or "")
        words = [plainly(said), *(plainly(each) for each in faults.values() if each != said)]
        return _shown(ref, form, " ".join(words)), status_of(refusal)
    flash(str(DONE[form.act.data]))
    return redirect(url_for(".show", ref=ref), code=303)


def told_first(form: EffortForm) -> str:
    """What the form itself found wrong."""
    found = [plainly(each) for each in told(form).values()]
    return " ".join(found) or gettext("This form is damaged. Open the page again.")


def _shown(ref: str, form: EffortForm | None = None, problem: str = "") -> str:
    with engine().reading() as session:
        page = one_effort(session, engine(), person().id, ref)
    in_words_of(page.case.definition)
    return render_template(
        "adoption/effort.html",
        page=page, form=form or EffortForm(None), problem=problem, fresh_key=acts.new_key,
        typed=request.form.get("record", "") if form else "",
    )  # fmt: skip
