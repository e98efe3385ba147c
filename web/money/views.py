"""The money of a programme: its page, and the acts on it."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.money.files import sources_and_movements, table_of_movements
from web.money.forms import CERTIFY, CorrectionForm, MovementForm, VerdictForm
from web.money.iati import iati_file
from web.money.page import acted, offers_of, page_of, shown
from web.money.report_form import ReportForm
from web.money.transfer_form import TransferForm
from web.money.words import called, of_movement
from workflow.ledger.certification.certify import certify
from workflow.ledger.page import MoneyPage
from workflow.ledger.record import correct, record
from workflow.ledger.reported.take_over import take_over
from workflow.ledger.transfers.transfer import transfer

bp = Blueprint("money", __name__)

MONEY = "/programmes/<ref>/money"


@bp.get(MONEY)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """What came of whom by a day, each movement with what was left after it, and what waits."""
    return shown(page_of(ref), {})


@bp.get(f"{MONEY}.csv")
@signed_in
def movements(ref: str) -> ResponseReturnValue:
    """The movements that count, as a table to be taken away."""
    return carry(table_of_movements(page_of(ref)))


@bp.get(f"{MONEY}.xlsx")
@signed_in
def workbook(ref: str) -> ResponseReturnValue:
    """The sums by source and the movements, as a workbook to be taken away."""
    return carry(sources_and_movements(page_of(ref)))


@bp.get(f"{MONEY}.xml")
@signed_in
def activity(ref: str) -> ResponseReturnValue:
    """The programme with its transactions as an IATI activity, to be taken away."""
    return iati_file(f"iati-{ref}", [ref])


@bp.post(MONEY)
@signed_in
def enter(ref: str) -> ResponseReturnValue:
    """Record a movement; it counts once somebody else has certified it."""
    page, form = page_of(ref), MovementForm()
    form.offer(page)
    return acted(
        page,
        {"movement": form},
        lambda: record(engine(), person().id, form.command(ref)).content,
        gettext("Recorded. It counts once somebody else has certified it."),
    )


@bp.post(f"{MONEY}/verdicts")
@signed_in
def decide(ref: str) -> ResponseReturnValue:
    """Certify a movement that somebody else recorded, or say why it does not count."""
    page, form = page_of(ref), VerdictForm()
    return acted(
        page,
        {"verdict": form},
        lambda: certify(engine(), person().id, form.command(ref)).content,
        _decided(page, form),
    )


@bp.post(f"{MONEY}/corrections")
@signed_in
def take_back(ref: str) -> ResponseReturnValue:
    """Record the counter-entry of a movement."""
    page, form = page_of(ref), CorrectionForm()
    form.offer(page, called(page))
    return acted(
        page,
        {"correction": form},
        lambda: correct(engine(), person().id, form.command(ref)).content,
        gettext("Recorded. It counts once somebody else has certified it."),
    )


@bp.post(f"{MONEY}/transfers")
@signed_in
def move(ref: str) -> ResponseReturnValue:
    """Record a transfer from one budget line to another."""
    page, form = page_of(ref), TransferForm()
    form.offer(page)
    return acted(
        page,
        {"transfer": form},
        lambda: transfer(engine(), person().id, form.command(ref)).content,
        gettext("Recorded. It counts once somebody else has certified it."),
    )


@bp.post(f"{MONEY}/reports")
@signed_in
def take_from_report(ref: str) -> ResponseReturnValue:
    """Record what an accepted report says was spent and the ledger lacks."""
    page, form = page_of(ref), ReportForm()
    form.offer(page, offers_of(page))
    return acted(
        page,
        {"report": form},
        lambda: take_over(engine(), person().id, form.command(ref)).content,
        gettext("Recorded. It counts once somebody else has certified it."),
    )


def _decided(page: MoneyPage, form: VerdictForm) -> str:
    """What is told once a movement is decided on: which one, and that it counts or does not."""
    found = next(
        (each for each in page.waiting if each.movement.number == form.movement.data), None
    )
    said = of_movement(page, found.movement) if found else str(form.movement.data)
    if form.verdict.data == CERTIFY:
        return gettext("Certified, and counts from now on: %(movement)s.", movement=said)
    return gettext("Not certified, and does not count: %(movement)s.", movement=said)
