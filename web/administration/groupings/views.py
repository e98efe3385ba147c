"""Groupings of countries: all of them, each with who belongs to it, and one membership."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, now, role
from web.administration.acts import done
from web.administration.groupings.forms import (
    GroundForm,
    GroupingForm,
    ListForm,
    MemberForm,
    MembershipForm,
)
from web.administration.sections import OfficeRoom, Section
from workflow.people.groupings.commands import (
    change_membership,
    enter_grouping,
    enter_membership,
    strike_membership,
    take_in_groupings,
)
from workflow.people.groupings.listed import labels
from workflow.people.groupings.page import (
    GroupingPage,
    MembershipLine,
    grouping_lines,
    grouping_page,
    membership_page,
)
from workflow.reference import choices
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "groupings",
    __name__,
    "groupings",
    Section(
        "groupings.index",
        lazy_gettext("Groupings"),
        lazy_gettext("Which countries belong to the African Union and others, from when to when"),
        "world",
        32,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every grouping, and the form to enter another."""
    return _listed(GroupingForm(None))


@bp.post("")
@role(ADMINISTRATOR)
def enter() -> ResponseReturnValue:
    """Enter a grouping."""
    form = GroupingForm()

    def entered(session: Session, by: int, at: datetime) -> None:
        enter_grouping(session, form.key.data, form.label.data, by=by, now=at)

    if not done(form, entered):
        return _listed(form), 422
    flash(gettext("The grouping is entered. Say which countries belong to it."))
    return redirect(url_for(".show", key=form.key.data), code=303)


@bp.post("/reference")
@role(ADMINISTRATOR)
def take_in() -> ResponseReturnValue:
    """Enter the groupings of the reference list that are not there yet."""

    def taken(session: Session, by: int, at: datetime) -> None:
        take_in_groupings(session, by=by, now=at)

    if not done(ListForm(), taken):
        return _listed(GroupingForm(None)), 422
    flash(gettext("The groupings of the reference list are entered."))
    return redirect(url_for(".index"), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """One grouping with everybody who belongs or belonged to it, and the form to enter a country."""
    return _shown(_page(key), _offered(MemberForm(None)))


@bp.post("/<key>")
@role(ADMINISTRATOR)
def enter_member(key: str) -> ResponseReturnValue:
    """Enter a country in the grouping."""
    page, form = _page(key), _offered(MemberForm())

    def entered(session: Session, by: int, at: datetime) -> None:
        enter_membership(session, key, form.country.data, form.wish(), by=by, now=at)

    if not done(form, entered):
        return _shown(page, form), 422
    flash(gettext("The country is entered."))
    return redirect(url_for(".show", key=key), code=303)


@bp.get("/memberships/<int:number>")
@role(ADMINISTRATOR)
def membership(number: int) -> ResponseReturnValue:
    """One membership, with the forms to change it and to strike it."""
    return _one(*_membership(number))


@bp.post("/memberships/<int:number>")
@role(ADMINISTRATOR)
def change(number: int) -> ResponseReturnValue:
    """Change from when to when the country belongs to it."""
    (page, line), form = _membership(number), MembershipForm()

    def changed(session: Session, by: int, at: datetime) -> None:
        change_membership(session, number, form.wish(), by=by, now=at)

    if not done(form, changed):
        return _one(page, line, changing=form), 422
    flash(gettext("The membership is changed."))
    return redirect(url_for(".show", key=page.key), code=303)


@bp.post("/memberships/<int:number>/strike")
@role(ADMINISTRATOR)
def strike(number: int) -> ResponseReturnValue:
    """Strike a membership that never was."""
    (page, line), form = _membership(number), GroundForm(prefix="strike-")

    def struck(session: Session, by: int, at: datetime) -> None:
        strike_membership(session, number, form.ground.data, by=by, now=at)

    if not done(form, struck):
        return _one(page, line, striking=form), 422
    flash(gettext("The membership is struck."))
    return redirect(url_for(".show", key=page.key), code=303)


def _page(key: str) -> GroupingPage:
    with engine().reading() as session:
        return grouping_page(session, key, now().date())


def _membership(number: int) -> tuple[GroupingPage, MembershipLine]:
    with engine().reading() as session:
        return membership_page(session, number, now().date())


def _listed(form: GroupingForm) -> str:
    with engine().reading() as session:
        lines = grouping_lines(session, now().date())
    absent = labels().keys() - {line.key for line in lines}
    return render_template(
        "administration/groupings/index.html", lines=lines, form=form, absent=len(absent)
    )


def _offered(form: MemberForm) -> MemberForm:
    listed = [(iso3.lower(), name) for iso3, name in choices("countries")]
    form.country.choices = [("", ""), *listed]
    return form


def _shown(page: GroupingPage, form: MemberForm) -> str:
    return render_template("administration/groupings/show.html", page=page, form=form)


def _one(
    page: GroupingPage,
    line: MembershipLine,
    changing: MembershipForm | None = None,
    striking: GroundForm | None = None,
) -> str:
    said = {
        "since": line.days.said_since,
        "until": line.days.said_until,
        "confidence": line.confidence,
    }
    return render_template(
        "administration/groupings/membership.html",
        page=page,
        line=line,
        changing=changing or MembershipForm(None, data=said),
        striking=striking or GroundForm(None, prefix="strike-"),
        sent=changing or striking,
    )
