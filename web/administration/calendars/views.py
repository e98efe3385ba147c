"""Working calendars: which week each party works and when it rests, and the form to set one."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from web.access import engine, now, role
from web.administration.acts import done
from web.administration.calendars.forms import CalendarForm
from web.administration.sections import OfficeRoom, Section
from web.intake.numbers import number_of
from workflow.people.calendars.commands import set_calendar
from workflow.people.calendars.page import CalendarPage, calendar_lines, calendar_page, proposed
from workflow.people.calendars.public_holidays import DASH, countries
from workflow.reference import choices
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "calendars",
    __name__,
    "calendars",
    Section(
        "calendars.index",
        lazy_gettext("Calendars"),
        lazy_gettext("Which week each party works, and on which days it rests"),
        "calendar",
        25,
    ),
)
A_PAGE = 50


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every party with its calendar of today, a page at a time."""
    after = (request.args.get("after", ""), number_of(request.args, "id") or 0)
    with engine().reading() as session:
        lines = calendar_lines(session, now().date(), after=after, limit=A_PAGE + 1)
    return render_template(
        "administration/calendars/index.html", lines=lines[:A_PAGE], more=lines[A_PAGE:]
    )


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """The calendars of one party, and the form to set the next."""
    page = _page(key)
    wish = proposed(page, now().date())
    country, _, region = wish.source.partition(DASH)
    said = {
        "since": wish.since, "weekend": wish.weekend, "zone": wish.zone,
        "source": country, "region": region,
    }  # fmt: skip
    return _shown(page, _listed(CalendarForm(None, data=said)))


@bp.post("/<key>")
@role(ADMINISTRATOR)
def keep(key: str) -> ResponseReturnValue:
    """Set the calendar of a party from a day on."""
    page, form = _page(key), _listed(CalendarForm())

    def kept(session: Session, by: int, at: datetime) -> None:
        set_calendar(session, page.party.id, form.wish(), by=by, now=at)

    if not done(form, kept):
        return _shown(page, form), 422
    flash(gettext("The calendar is set."))
    return redirect(url_for(".show", key=key), code=303)


def _page(key: str) -> CalendarPage:
    with engine().reading() as session:
        return calendar_page(session, key, now().date())


def _listed(form: CalendarForm) -> CalendarForm:
    known = countries()
    listed = [(iso3, name) for iso3, name in choices("countries") if iso3 in known]
    form.source.choices = [("", gettext("none; only the days entered below")), *listed]
    return form


def _shown(page: CalendarPage, form: CalendarForm) -> str:
    return render_template("administration/calendars/show.html", page=page, form=form)
