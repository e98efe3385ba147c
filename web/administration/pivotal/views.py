"""Pivotal countries: all of them, and each with the areas in which it was asked to lead."""

from datetime import datetime
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, now, role
from web.administration.acts import Act, done
from web.administration.pivotal.forms import (
    AnswerForm,
    PivotalEndForm,
    PivotalForm,
    QuestionForm,
)
from web.administration.sections import OfficeRoom, Section
from web.filters import word
from workflow.errors import NotFound
from workflow.people.directory.arrivals import named_party
from workflow.people.pivotal.interests import (
    LEADS,
    ask_interest,
    decline_interest,
    register_interest,
)
from workflow.people.pivotal.page import StatusLine, statuses
from workflow.people.pivotal.statuses import designate_pivotal, end_pivotal
from workflow.phrase import phrase
from workflow.reference import choices, reference
from workflow.vocabulary import ADMINISTRATOR

Asked = TypeVar("Asked", QuestionForm, AnswerForm)

bp = OfficeRoom(
    "pivotal",
    __name__,
    "pivotal",
    Section(
        "pivotal.index",
        lazy_gettext("Pivotal countries"),
        lazy_gettext("Who is consulted on proposals, since when, and who wants to lead where"),
        "world",
        30,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every pivotal country, and the form to name another."""
    form = _naming()
    form.since.data = now().date()
    return _listed(form)


@bp.post("")
@role(ADMINISTRATOR)
def designate() -> ResponseReturnValue:
    """Name a country as pivotal."""
    form = _naming()

    def named(session: Session, by: int, at: datetime) -> None:
        party = named_party(session, form.country.data, by=by, now=at)
        designate_pivotal(session, party, form.since.data, form.evidence.data, by=by, now=at)

    if not done(form, named):
        return _listed(form), 422
    flash(gettext("The country is pivotal. Ask it where it wants to lead."))
    return redirect(url_for(".show", key=form.country.data), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """One country with its statuses, what it was asked and what it answered."""
    return _shown(key)


@bp.post("/<key>/question")
@role(ADMINISTRATOR)
def question(key: str) -> ResponseReturnValue:
    """Note that the country was asked about an area."""
    form = _areas(QuestionForm(prefix="question-"))

    def asked(session: Session, by: int, at: datetime) -> None:
        party = named_party(session, key, by=by, now=at)
        ask_interest(session, party, form.area.data, form.on.data, by=by, now=at)

    return _answered(key, form, asked)


@bp.post("/<key>/answer")
@role(ADMINISTRATOR)
def answer(key: str) -> ResponseReturnValue:
    """Note what the country answered about an area."""
    form = _areas(AnswerForm(prefix="answer-"))

    def given(session: Session, by: int, at: datetime) -> None:
        party = named_party(session, key, by=by, now=at)
        area, on = form.area.data, form.on.data
        if form.answer.data == LEADS:
            register_interest(session, party, area, on, form.note.data, by=by, now=at)
        else:
            decline_interest(
                session, party, area, form.answer.data, on, form.note.data, by=by, now=at
            )

    return _answered(key, form, given)


@bp.post("/<key>/end")
@role(ADMINISTRATOR)
def end(key: str) -> ResponseReturnValue:
    """Let the pivotal status of the country end."""
    form = PivotalEndForm(prefix="end-")

    def ended(session: Session, by: int, at: datetime) -> None:
        party = named_party(session, key, by=by, now=at)
        end_pivotal(session, party, form.until.data, form.ground.data, by=by, now=at)

    return _answered(key, form, ended)


def _answered(
    key: str, form: QuestionForm | AnswerForm | PivotalEndForm, act: Act
) -> ResponseReturnValue:
    if not done(form, act):
        return _shown(key, form), 422
    flash(gettext("It is entered."))
    return redirect(url_for(".show", key=key), code=303)


def _listed(form: PivotalForm) -> str:
    with engine().reading() as session:
        lines = statuses(session)
    return render_template(
        "administration/pivotal/index.html", lines=lines, form=form, today=now().date()
    )


def _shown(key: str, sent: QuestionForm | AnswerForm | PivotalEndForm | None = None) -> str:
    """The page of one country; the form that was refused stands as it was sent."""
    with engine().reading() as session:
        lines = [line for line in statuses(session) if line.key == key]
    if not lines:
        raise NotFound(phrase("There is no such pivotal country."))
    forms = {type(form): form for form in _fresh(lines[-1])} | {type(sent): sent}
    return render_template(
        "administration/pivotal/show.html",
        lines=lines,
        asking=forms[QuestionForm],
        answering=forms[AnswerForm],
        ending=forms[PivotalEndForm],
        today=now().date(),
        sent=sent,
    )


def _fresh(line: StatusLine) -> tuple[QuestionForm, AnswerForm, PivotalEndForm]:
    """The forms as nobody filled them in yet; those about days begin with today."""
    asking = _areas(QuestionForm(None, prefix="question-"))
    answering = _areas(AnswerForm(None, prefix="answer-"))
    asking.on.data = answering.on.data = now().date()
    waiting = [each.area for each in line.answers if not each.answer]
    answering.area.data = next(iter(waiting), None)
    return asking, answering, PivotalEndForm(None, prefix="end-")


def _naming() -> PivotalForm:
    """The form with every country that may be pivotal."""
    form = PivotalForm()
    countries = [
        (iso3.lower(), name)
        for iso3, name in choices("countries")
        if reference().is_developing(iso3)
    ]
    form.country.choices = [("", ""), *countries]
    return form


def _areas(form: Asked) -> Asked:
    form.area.choices = [(area.key, word(area.label)) for area in reference().areas.values()]
    return form
