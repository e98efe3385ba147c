"""What is promised of the money of a programme: earmarks, conditions that were met, payments that are expected."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, signed_in
from web.money.page import acted, page_of
from web.money.promise_forms import ConditionForm, EarmarkForm, PaymentForm, WithdrawalForm
from workflow.ledger.promise_acts.earmark import earmark_money, meet_condition
from workflow.ledger.promise_acts.payment import expect_payment, withdraw_payment

bp = Blueprint("promises", __name__, url_prefix="/programmes/<ref>/money")


@bp.post("/earmarks")
@signed_in
def earmark(ref: str) -> ResponseReturnValue:
    """Record for what a source lets some of its money be spent, or on which condition."""
    page, form = page_of(ref), EarmarkForm()
    form.offer(page)
    return acted(
        page,
        {"earmark": form},
        lambda: earmark_money(engine(), person().id, form.command(ref)).content,
        gettext("The earmark is recorded."),
    )


@bp.post("/conditions")
@signed_in
def meet(ref: str) -> ResponseReturnValue:
    """Record that the condition of an earmark was met."""
    page, form = page_of(ref), ConditionForm()
    form.offer(page)
    return acted(
        page,
        {"condition": form},
        lambda: meet_condition(engine(), person().id, form.command(ref)).content,
        gettext("The condition is met; the money may be used."),
    )


@bp.post("/payments")
@signed_in
def expect(ref: str) -> ResponseReturnValue:
    """Record that a payment is expected on a day."""
    page, form = page_of(ref), PaymentForm()
    form.offer(page)
    return acted(
        page,
        {"payment": form},
        lambda: expect_payment(engine(), person().id, form.command(ref)).content,
        gettext("The payment is expected; who owes and who expects it are told before it is due."),
    )


@bp.post("/payments/withdrawals")
@signed_in
def withdraw(ref: str) -> ResponseReturnValue:
    """Record that a payment is expected no more."""
    page, form = page_of(ref), WithdrawalForm()
    form.offer(page)
    return acted(
        page,
        {"withdrawal": form},
        lambda: withdraw_payment(engine(), person().id, form.command(ref)).content,
        gettext("The payment is expected no more."),
    )
