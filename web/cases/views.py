"""The beginning of a case that is no programme, on a lifecycle that is for it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.cases.forms import BeginCaseForm
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised
from workflow.lifecycles.definition import Definition
from workflow.phrase import Term, phrase
from workflow.programmes.alone import alone_called, begin, offices_for
from workflow.programmes.contract import TITLE

bp = Blueprint("cases", __name__, url_prefix="/lifecycles/<key>/cases")


@bp.get("/new")
@signed_in
def new(key: str) -> ResponseReturnValue:
    """Ask for a title, and for whom it begins."""
    definition = alone_called(engine(), key)
    return _shown(_form(definition, formdata=None), definition)


@bp.post("/new")
@signed_in
def begin_one(key: str) -> ResponseReturnValue:
    """Begin it and go on to the first section of what is written of it."""
    definition = alone_called(engine(), key)
    form = _form(definition)
    if not form.validate_on_submit():
        return _shown(form, definition), 422
    content, party = {TITLE: form.title.data}, int(form.party.data)
    try:
        begun = begin(
            engine(), person().id, party, content, form.key.data or "", lifecycle=definition.key
        )
    except Invalid as refusal:
        form.title.errors = [*form.title.errors, plainly(refusal.said)]
        return _shown(form, definition), 422
    flash(gettext("%(ref)s is begun.", ref=begun.ref))
    return redirect(url_for("documents.begin", ref=begun.ref, kind=begun.kind), code=303)


def _form(definition: Definition, **options: None) -> BeginCaseForm:
    """The form with the offices in which this person may begin it."""
    offices = offices_for(definition, person().offices)
    if not offices:
        raise NotAuthorised(
            phrase("You hold no office that begins “%(title)s”.", title=Term(definition.title))
        )
    form = BeginCaseForm(**options)
    form.party.choices = [(str(office.party_id), office.party_name) for office in offices]
    return form


def _shown(form: BeginCaseForm, definition: Definition) -> str:
    return render_template("cases/new.html", form=form, definition=definition)
