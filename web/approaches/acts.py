"""Acts on approaches: countries asked by an officer, answers given and recorded, and notice given."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice

from web.access import engine, now, person, role, signed_in
from web.account import reauthentication
from web.administration.acts import say
from web.approaches.forms import AnswerForm, AskForm, NoticeForm, OnApproach, RecordForm, words_of
from web.filters import word
from workflow.approaches.answer import answer, give_notice, record
from workflow.approaches.ask import approach
from workflow.approaches.page import ApproachCase, approach_case, pivotal_choices
from workflow.engine.acts.whole import At
from workflow.engine.commands.receipts import Receipt
from workflow.errors import Invalid, NotAuthorised
from workflow.frameworks.queries import in_force
from workflow.free_text import searched
from workflow.phrase import phrase
from workflow.reference import choices as known
from workflow.vocabulary import OFFICERS

LONGEST_REF = 40

bp = Blueprint("approaching", __name__, url_prefix="/approaches")


@bp.get("/new")
@role(*OFFICERS)
def new() -> ResponseReturnValue:
    """The form by which an officer approaches countries."""
    form = _offered(AskForm(formdata=None))
    form.asked_on.data, form.countries.data = now().date(), request.args.getlist("country")[:1]
    return _asking(form)


@bp.post("/new")
@role(*OFFICERS)
def ask() -> ResponseReturnValue:
    """Approach each of the countries; it is one act."""
    form = _offered(AskForm())
    if not form.validate_on_submit():
        return _asking(form), 422
    reauthentication.demand()
    wanted, key = form.countries.data or (), form.key.data or ""
    try:
        question = replace(form.question(), came_of=_came_of())
        refs = approach(engine(), person().id, wanted, question, key)
    except Invalid as refusal:
        say(form, refusal)
        return _asking(form), 422
    flash(
        ngettext(
            "%(num)d country is asked.", "%(num)d countries are asked, each by itself.", len(refs)
        )
    )
    return redirect(url_for("approaches.index"), code=303)


@bp.get("/<ref>/answer")
@signed_in
def answering(ref: str) -> ResponseReturnValue:
    """The form by which a country answers, begun with what it answered before."""
    page = _page(ref, speaks=True)
    form = AnswerForm(formdata=None)
    words_of(form, page.answer)
    return _shown("answer", page, form)


@bp.post("/<ref>/answer")
@signed_in
def answer_one(ref: str) -> ResponseReturnValue:
    """Give the answer of the country."""
    form, page = AnswerForm(), _page(ref, speaks=True)
    return _acted(
        "answer", page, form, lambda at: answer(engine(), person().id, at, form.given()),
        gettext("Your country’s answer is recorded."),
    )  # fmt: skip


@bp.get("/<ref>/record")
@role(*OFFICERS)
def recording(ref: str) -> ResponseReturnValue:
    """The form by which an officer records an answer that came otherwise."""
    return _shown("record", _page(ref, speaks=False), RecordForm(formdata=None))


@bp.post("/<ref>/record")
@role(*OFFICERS)
def record_one(ref: str) -> ResponseReturnValue:
    """Record it; the country is told."""
    form, page = RecordForm(), _page(ref, speaks=False)
    return _acted(
        "record", page, form,
        lambda at: record(engine(), person().id, at, form.given(), form.how()),
        gettext("It is noted. The country is told, and may say that it answered otherwise."),
    )  # fmt: skip


@bp.get("/<ref>/notice")
@signed_in
def noticing(ref: str) -> ResponseReturnValue:
    """The form by which a country takes its answer back."""
    return _shown("notice", _page(ref, speaks=True), NoticeForm(formdata=None))


@bp.post("/<ref>/notice")
@signed_in
def notice_one(ref: str) -> ResponseReturnValue:
    """Give notice."""
    form, page = NoticeForm(), _page(ref, speaks=True)
    return _acted(
        "notice", page, form,
        lambda at: give_notice(
            engine(), person().id, at, form.ends_on.data or now().date(), form.reasons.data or ""
        ),
        gettext("Notice is given."),
    )  # fmt: skip


def _came_of() -> str:
    """What was committed to at a meeting, where the address says that countries are asked for that."""
    return searched(request.args.get("came_of", ""))[:LONGEST_REF]


def _acted(
    kind: str, page: ApproachCase, form: OnApproach, act: Callable[[At], Receipt], said: str
) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _shown(kind, page, form), 422
    reauthentication.demand()
    at = At(page.line.ref, form.seen_version.data, form.key.data or "", reauthentication.proof())
    try:
        act(at)
    except Invalid as refusal:
        say(form, refusal)
        return _shown(kind, page, form), 422
    flash(said)
    return redirect(url_for("programmes.show", ref=page.line.ref), code=303)


def _page(ref: str, *, speaks: bool) -> ApproachCase:
    """The approach for whoever acts on it; refuses everybody else."""
    with engine().reading() as session:
        page = approach_case(session, engine(), person().id, ref, now())
    if speaks and not page.speaks:
        raise NotAuthorised(
            phrase(
                "%(country)s is asked here, and only its focal point answers for it.",
                country=page.line.country,
            )
        )
    return page


def _offered(form: AskForm) -> AskForm:
    with engine().reading() as session:
        countries, frameworks = pivotal_choices(session, now()), in_force(session, now().date())
    nothing = ("", gettext("none in particular"))
    form.countries.choices = [SelectChoice(key, name) for key, name in countries]
    form.framework.choices = [SelectChoice(*each) for each in (nothing, *frameworks)]
    form.area.choices = [SelectChoice(key, word(label)) for key, label in known("areas")]
    return form


def _asking(form: AskForm) -> str:
    return render_template("approaches/new.html", form=form)


def _shown(kind: str, page: ApproachCase, form: FlaskForm) -> str:
    if form.seen_version.data is None:
        form.seen_version.data = page.version
    return render_template(f"approaches/{kind}.html", page=page, form=form)
