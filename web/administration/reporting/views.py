"""Reporting calendars: what is kept, set by hand or from a file, and what a second administrator decides."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from sqlalchemy.orm import Session

from web.access import engine, now, person, role
from web.administration.acts import done
from web.administration.offices.forms import DeclineForm
from web.administration.people.forms import PlainForm
from web.administration.reporting.forms import ReportingFileForm, ReportingForm
from web.administration.sections import OfficeRoom, Section
from web.intake.text_file import text_sent
from web.wording import plainly
from workflow.errors import FaultyFile, Invalid, Refusal
from workflow.offices.reporting.acts import ReportingOutcome, ask, confirm, decline
from workflow.offices.reporting.files import enter_file
from workflow.offices.reporting.page import ReportingPage, all_reporting, reporting_page, waiting
from workflow.people.reporting.months import year_told
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "reporting",
    __name__,
    "reporting",
    Section(
        "reporting.index",
        lazy_gettext("Reporting calendars"),
        lazy_gettext("When the financial year of each party begins, and when it reports"),
        "calendar",
        26,
    ),
)
LARGEST = 1_000_000
TOO_LARGE = phrase("A file of reporting calendars has a megabyte at most.")


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """The reporting calendars that are kept, what waits, and the form that takes a file of them."""
    return _listed(ReportingFileForm(None))


@bp.post("")
@role(ADMINISTRATOR)
def enter() -> ResponseReturnValue:
    """Ask for each reporting calendar of a file, all of them or none."""
    form = ReportingFileForm()
    if not form.validate_on_submit():
        return _listed(form), 422
    try:
        form.lines.data = text_sent(form.lines.data, LARGEST, TOO_LARGE)
        with engine().transaction() as session:
            entered = enter_file(session, form.lines.data, by=person().id, now=engine().now())
    except (Invalid, FaultyFile) as refusal:
        return _listed(form, refusal), 422
    _said(*entered)
    return redirect(url_for(".index"), code=303)


@bp.get("/<key>")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """The reporting calendars of one party, and the form to set the next."""
    return _shown(_page(key), ReportingForm(None).named())


@bp.post("/<key>")
@role(ADMINISTRATOR)
def keep(key: str) -> ResponseReturnValue:
    """Set the reporting calendar of a party, or have a second administrator confirm it."""
    page, form = _page(key), ReportingForm().named()
    asked: list[ReportingOutcome] = []

    def kept(session: Session, by: int, at: datetime) -> None:
        asked.append(ask(session, page.party.id, form.wish(), by=by, now=at))

    if not done(form, kept):
        return _shown(page, form), 422
    _said(*asked)
    return redirect(url_for(".show", key=key), code=303)


@bp.post("/<int:number>/confirmation")
@role(ADMINISTRATOR)
def give(number: int) -> ResponseReturnValue:
    """Confirm what another administrator asked for."""
    if not PlainForm().validate_on_submit():
        return _listed(ReportingFileForm(None)), 422
    with engine().transaction() as session:
        confirm(session, number, by=person().id, now=engine().now())
    flash(gettext("Confirmed: it is done."))
    return redirect(url_for(".index"), code=303)


@bp.post("/<int:number>/refusal")
@role(ADMINISTRATOR)
def refuse(number: int) -> ResponseReturnValue:
    """Decline what another administrator asked for, with a reason."""
    form = DeclineForm()

    def declined(session: Session, by: int, at: datetime) -> None:
        decline(session, number, form.reason.data or "", by=by, now=at)

    if not done(form, declined):
        return _listed(ReportingFileForm(None), declining=(number, form)), 422
    flash(gettext("Declined: nothing has changed."))
    return redirect(url_for(".index"), code=303)


def _said(*asked: ReportingOutcome) -> None:
    """Say how many are set, and how many wait."""
    waits = sum(each.waits for each in asked)
    if waits < len(asked):
        said = ngettext(
            "%(num)d calendar is set.", "%(num)d calendars are set.", len(asked) - waits
        )
        flash(said)
    if waits:
        flash(gettext("This takes a second administrator, who was asked. Nothing has changed yet."))


def _page(key: str) -> ReportingPage:
    with engine().reading() as session:
        return reporting_page(session, key, now().date(), person().id)


def _shown(page: ReportingPage, form: ReportingForm) -> str:
    return render_template(
        "administration/reporting/show.html", page=page, form=form, year_told=year_told
    )


def _listed(
    form: ReportingFileForm,
    refusal: Refusal | None = None,
    declining: tuple[int, DeclineForm] | None = None,
) -> str:
    with engine().reading() as session:
        kept, waits = all_reporting(session), waiting(session, person().id)
    faults = refusal.faults if isinstance(refusal, FaultyFile) else ()
    return render_template(
        "administration/reporting/index.html",
        kept=kept,
        waits=waits,
        form=form,
        largest=LARGEST // 10**6,
        problem=plainly(refusal.said) if refusal else "",
        faults=[plainly(each.said) for each in faults],
        declined=declining[0] if declining else 0,
        declining=declining[1] if declining else None,
        empty_form=DeclineForm(formdata=None),
        year_told=year_told,
    )
