"""The rates of exchange: those entered last, and the form that enters a file of them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from web.access import engine, person, role, signed_in
from web.intake.text_file import text_sent
from web.money.forms import RatesForm
from web.wording import plainly
from workflow.errors import FaultyFile, Invalid, Refusal
from workflow.ledger.rate_files import ENTERS, enter_rates, latest_rates
from workflow.ledger.rates import plain
from workflow.phrase import phrase

bp = Blueprint("rates", __name__)

LARGEST = 1_000_000
TOO_LARGE = phrase("A file of rates has a megabyte at most.")


@bp.get("/rates")
@signed_in
def index() -> ResponseReturnValue:
    """The rates entered last."""
    return _shown(RatesForm(None))


@bp.post("/rates")
@role(*ENTERS)
def enter() -> ResponseReturnValue:
    """Enter a file of rates, whole or not at all."""
    form = RatesForm()
    if not form.validate_on_submit():
        return _shown(form), 422
    try:
        text = text_sent(form.lines.data, LARGEST, TOO_LARGE)
        form.lines.data = text
        new = enter_rates(engine(), person().id, text, meant=bool(form.meant.data))
    except (Invalid, FaultyFile) as refusal:
        return _shown(form, refusal), 422
    flash(ngettext("%(num)s rate is entered.", "%(num)s rates are entered.", new))
    return redirect(url_for(".index"), code=303)


def _shown(form: RatesForm, refusal: Refusal | None = None) -> str:
    with engine().reading() as session:
        rates = latest_rates(session)
    faults = refusal.faults if isinstance(refusal, FaultyFile) else ()
    return render_template(
        "money/rates.html",
        largest=LARGEST // 10**6,
        rates=rates,
        form=form,
        problem=plainly(refusal.said) if refusal else "",
        faults=[plainly(each.said) for each in faults],
        enters=person().holds(*ENTERS),
        plain=plain,
    )
