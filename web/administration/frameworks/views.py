"""Frameworks and funds: all of them, and each with its terms."""

from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, role
from web.administration.acts import done
from web.administration.frameworks.forms import FrameworkForm, TakeInForm, TermsForm
from web.administration.sections import OfficeRoom, Section
from web.filters import word
from workflow.bodies.page import body_list
from workflow.frameworks.terms import (
    COMMITTEES,
    Terms,
    describe_framework,
    enter_framework,
    take_in,
)
from workflow.frameworks.terms_page import every_terms, terms_of
from workflow.reference import reference
from workflow.vocabulary import ADMINISTRATOR

Form = TypeVar("Form", bound=TermsForm)

bp = OfficeRoom(
    "framework_terms",
    __name__,
    "frameworks",
    Section(
        "framework_terms.index",
        lazy_gettext("Frameworks and funds"),
        lazy_gettext("What programmes are proposed under: period, areas, envelope and body"),
        "folder-open",
        50,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every framework and fund, and the form to enter another."""
    return _listed(_offered(FrameworkForm(None)))


@bp.post("")
@role(ADMINISTRATOR)
def enter() -> ResponseReturnValue:
    """Enter a framework or a fund."""
    form = _offered(FrameworkForm())

    def entered(session: Session, by: int, at: datetime) -> None:
        enter_framework(session, form.key.data, form.terms(), by=by, now=at)

    if not done(form, entered):
        return _listed(form), 422
    flash(gettext("It is entered. Proposals that begin in its period are offered it."))
    return redirect(url_for(".show", key=form.key.data), code=303)


@bp.post("/reference")
@role(ADMINISTRATOR)
def take_in_reference() -> ResponseReturnValue:
    """Enter the frameworks of the reference list that are not there yet."""
    form = TakeInForm()

    def taken(session: Session, by: int, at: datetime) -> None:
        take_in(session, by=by, now=at)

    if not done(form, taken):
        return _listed(_offered(FrameworkForm(None))), 422
    flash(gettext("The frameworks of the reference list are entered."))
    return redirect(url_for(".index"), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """One framework with the form to change its terms."""
    _, terms = _terms(key)
    form = _offered(TermsForm(None, data=asdict(terms)))
    return render_template("administration/frameworks/show.html", key=key, terms=terms, form=form)


@bp.post("/<key>")
@role(ADMINISTRATOR)
def change(key: str) -> ResponseReturnValue:
    """Change the terms of a framework."""
    number, terms = _terms(key)
    form = _offered(TermsForm())

    def changed(session: Session, by: int, at: datetime) -> None:
        describe_framework(session, number, form.terms(), by=by, now=at)

    if not done(form, changed):
        page = "administration/frameworks/show.html"
        return render_template(page, key=key, terms=terms, form=form), 422
    flash(gettext("It is changed."))
    return redirect(url_for(".show", key=key), code=303)


def _terms(key: str) -> tuple[int, Terms]:
    with engine().reading() as session:
        return terms_of(session, key)


def _listed(form: FrameworkForm) -> str:
    with engine().reading() as session:
        kept = every_terms(session)
    absent = {row["id"] for row in reference().entered_frameworks} - kept.keys()
    return render_template(
        "administration/frameworks/index.html", kept=kept, form=form, absent=len(absent)
    )


def _offered(form: Form) -> Form:
    with engine().reading() as session:
        bodies = body_list(session)
    form.areas.choices = [(area.key, word(area.label)) for area in reference().areas.values()]
    form.body.choices = [("", ""), *((each.key, each.name) for each in bodies)]
    for kind in COMMITTEES:
        committees = ((each.key, each.name) for each in bodies if each.kind == kind)
        form[kind].choices = [("", ""), *committees]
    return form
