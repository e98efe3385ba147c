"""Duties at a seat: taken, given back, handed over, an interest declared, a bar lifted, an alarm."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.reviews import pages
from web.reviews.duty_forms import EscalationForm, HandoverForm, InterestForm, LiftBarForm, SeatForm
from web.reviews.forms import ActForm
from web.reviews.pages import Said
from workflow.engine import commands
from workflow.errors import Refusal

bp = Blueprint("duties", __name__)

ROUND = "/programmes/<ref>/rounds/<key>/<int:turn>"


@bp.post(f"{ROUND}/claim")
@signed_in
def claim(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Take a seat of an office that others hold as well."""
    form = SeatForm(prefix="claim-")
    return _done(
        (ref, key, turn), form, gettext("The seat is yours until you give it back."),
        lambda: commands.claim(engine(), person().id, form.claim(ref, key)),
    )  # fmt: skip


@bp.post(f"{ROUND}/release")
@signed_in
def release(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Give a seat back to everybody who holds the office."""
    form = SeatForm(prefix="release-")
    return _done(
        (ref, key, turn), form, gettext("The seat is anybody's of the office again."),
        lambda: commands.release(engine(), person().id, form.release(ref, key)),
    )  # fmt: skip


@bp.post(f"{ROUND}/reassignment")
@signed_in
def reassign(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Say which holder of the office answers."""
    form = HandoverForm(prefix="handover-")
    return _done(
        (ref, key, turn), form, gettext("The seat is handed over, and its new holder is told."),
        lambda: commands.reassign(engine(), person().id, form.reassignment(ref, key)),
    )  # fmt: skip


@bp.post(f"{ROUND}/declaration")
@signed_in
def declare(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Say whether one has an interest, before the papers are shown."""
    form = InterestForm(prefix="interest-")
    return _done(
        (ref, key, turn), form, gettext("Your declaration is recorded."),
        lambda: commands.declare(engine(), person().id, form.declaration(ref, key)),
    )  # fmt: skip


@bp.post(f"{ROUND}/lifting")
@signed_in
def lift(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Lift a bar for one person, where the lifecycle lets somebody."""
    form = LiftBarForm(prefix="lift-")
    return _done(
        (ref, key, turn), form, gettext("The bar is lifted; that stays on the history."),
        lambda: commands.waive(engine(), person().id, form.lift(ref, key)),
    )  # fmt: skip


@bp.post(f"{ROUND}/alarm")
@signed_in
def escalate(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """Bring a round before those who hear of its lateness."""
    form = EscalationForm(prefix="alarm-")
    return _done(
        (ref, key, turn), form, gettext("Those responsible are told."),
        lambda: commands.escalate(engine(), person().id, form.alarm(ref, key)),
    )  # fmt: skip


def _done(
    at: tuple[str, str, int], form: ActForm, said: str, do: Callable[[], object]
) -> ResponseReturnValue:
    """Do it and come back to the round; a refusal comes back with the words kept."""
    ref, key, turn = at
    pages.asked(ref, key)
    seat = form.seat.data if isinstance(form, SeatForm) else None
    try:
        form.refuse_misshapen()
        do()
    except Refusal as refusal:
        return pages.shown(pages.of_round(ref, key, turn, seat), Said(refusal, duty=form))
    flash(said)
    return redirect(url_for("reviews.show", ref=ref, key=key, turn=turn, seat=seat), code=303)
