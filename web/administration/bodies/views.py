"""Bodies: all of them with what they lack, and each with its seats and sessions."""

from collections.abc import Mapping
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from web.access import engine, now, role
from web.administration.acts import Act, done
from web.administration.bodies.forms import (
    BodyForm,
    BodySeatForm,
    CharterForm,
    SeatEndForm,
    SessionForm,
)
from web.administration.sections import OfficeRoom, Section
from web.filters import short_day
from workflow.bodies.commands import (
    SeatGiven,
    call_session,
    describe_body,
    end_seat,
    found_body,
    seat_party,
)
from workflow.bodies.page import BodyPage, body_list, body_page
from workflow.bodies.seats import may_sit
from workflow.people.directory.arrivals import named_party
from workflow.people.directory.page import party_entries
from workflow.people.parties import COUNTRY
from workflow.reference import choices, reference
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "bodies",
    __name__,
    "bodies",
    Section(
        "bodies.index",
        lazy_gettext("Bodies"),
        lazy_gettext("Boards and committees: who sits on them, who has the chair, when they meet"),
        "users-group",
        40,
    ),
)
MOST = 1_000


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every body with its seats of today, and the form to enter another."""
    return _listed(BodyForm(None))


@bp.post("")
@role(ADMINISTRATOR)
def enter() -> ResponseReturnValue:
    """Enter a body."""
    form = BodyForm()

    def entered(session: Session, by: int, at: datetime) -> None:
        found_body(session, form.key.data, form.charter(), by=by, now=at)

    if not done(form, entered):
        return _listed(form), 422
    flash(gettext("The body is entered. Give it a chair and its seats."))
    return redirect(url_for(".show", key=form.key.data.lower()), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """One body with its seats and sessions."""
    return _shown(_body(key))


@bp.post("/<key>")
@role(ADMINISTRATOR)
def change(key: str) -> ResponseReturnValue:
    """Change what a body is."""
    page, form = _body(key), CharterForm(prefix="charter-")

    def changed(session: Session, by: int, at: datetime) -> None:
        describe_body(session, page.id, form.charter(page.kind), by=by, now=at)

    return _answered(page, form, changed)


@bp.post("/<key>/seats")
@role(ADMINISTRATOR)
def seat(key: str) -> ResponseReturnValue:
    """Give a party a seat."""
    page, form = _body(key), BodySeatForm(prefix="seat-")
    form.party.choices = _parties(page)

    def given(session: Session, by: int, at: datetime) -> None:
        place = SeatGiven(
            party_id=named_party(session, form.party.data, by=by, now=at),
            place=form.place.data,
            category=form.category.data,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
        )
        seat_party(session, page.id, place, by=by, now=at)

    return _answered(page, form, given)


@bp.post("/<key>/ends")
@role(ADMINISTRATOR)
def end(key: str) -> ResponseReturnValue:
    """Let a seat end."""
    page, form = _body(key), SeatEndForm(prefix="end-")
    form.seat.choices = _seats(page)

    def ended(session: Session, by: int, at: datetime) -> None:
        end_seat(session, form.seat.data, form.ends_on.data, by=by, now=at)

    return _answered(page, form, ended)


@bp.post("/<key>/sessions")
@role(ADMINISTRATOR)
def convene(key: str) -> ResponseReturnValue:
    """Call the body to a session."""
    page, form = _body(key), SessionForm(prefix="session-")

    def called(session: Session, by: int, at: datetime) -> None:
        days = form.starts_on.data, form.ends_on.data
        call_session(session, page.id, form.title.data, days, by=by, now=at)

    return _answered(page, form, called)


def _answered(page: BodyPage, form: FlaskForm, act: Act) -> ResponseReturnValue:
    if not done(form, act):
        return _shown(page, form), 422
    flash(gettext("It is entered."))
    return redirect(url_for(".show", key=page.key), code=303)


def _body(key: str) -> BodyPage:
    with engine().reading() as session:
        return body_page(session, key)


def _listed(form: BodyForm) -> str:
    with engine().reading() as session:
        bodies = body_list(session)
    return render_template(
        "administration/bodies/index.html", bodies=bodies, form=form, today=now().date()
    )


def _shown(page: BodyPage, sent: FlaskForm | None = None) -> str:
    """The page of one body; the form that was refused stands as it was sent."""
    forms: Mapping[type, FlaskForm] = {type(form): form for form in _fresh(page)} | (
        {type(sent): sent} if sent else {}
    )
    return render_template(
        "administration/bodies/show.html",
        body=page,
        today=now().date(),
        charter=forms[CharterForm],
        seating=forms[BodySeatForm],
        ending=forms[SeatEndForm],
        convening=forms[SessionForm],
        sent=sent,
    )


def _fresh(page: BodyPage) -> tuple[FlaskForm, ...]:
    said = {"name": page.name, "quorum": page.quorum, "by_default": page.by_default}
    seating, ending = BodySeatForm(None, prefix="seat-"), SeatEndForm(None, prefix="end-")
    seating.party.choices, ending.seat.choices = _parties(page), _seats(page)
    seating.starts_on.data = now().date()
    return (
        CharterForm(None, prefix="charter-", data=said),
        seating,
        ending,
        SessionForm(None, prefix="session-"),
    )


def _parties(page: BodyPage) -> list[tuple[str, str]]:
    """Who may have a seat: developing countries, and parties that give nothing; no office on a board."""
    with engine().reading() as session:
        entries = party_entries(session, limit=MOST)
    countries = [
        (iso3.lower(), name)
        for iso3, name in choices("countries")
        if reference().is_developing(iso3)
    ]
    others = [
        (each.key, each.name)
        for each in entries
        if may_sit(page.kind, each.kind, each.iso3, gives=each.gives) and each.kind != COUNTRY
    ]
    return [("", ""), *others, *countries]


def _seats(page: BodyPage) -> list[tuple[int, str]]:
    """The seats that are held today or later."""
    today = now().date()
    return [
        (each.id, f"{each.party} ({short_day(each.starts_on)})")
        for each in page.seats
        if each.ends_on is None or each.ends_on > today
    ]
