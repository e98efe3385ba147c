"""The page of the money of a programme with its forms, and what becomes of one that was sent."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, person, settings
from web.frame import in_words_of
from web.money.forms import CorrectionForm, MovementForm, VerdictForm
from web.money.promise_forms import ConditionForm, EarmarkForm, PaymentForm, WithdrawalForm
from web.money.report_form import ReportForm, pots_of
from web.money.transfer_form import TransferForm
from web.money.words import (
    amount,
    called,
    called_earmark,
    country_named,
    day_asked,
    line_named,
    moved_between,
)
from web.reviews.forms import ActForm
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised, Refusal, RoundClosed, Stale
from workflow.ledger.accounts import ACTS
from workflow.ledger.page import MoneyPage, money_page
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.reported.offers import ReportOffer, offers
from workflow.phrase import phrase

# The forms that offer what the page of a programme's money shows, by their names there.
OFFERING = {
    "transfer": TransferForm,
    "earmark": EarmarkForm,
    "condition": ConditionForm,
    "payment": PaymentForm,
    "withdrawal": WithdrawalForm,
}


def acted(
    page: MoneyPage, forms: Mapping[str, ActForm], act: Callable[[], str], done: str
) -> ResponseReturnValue:
    """The act done and the page anew, or the page with all that was typed and what is wrong with it."""
    (form,) = forms.values()
    if not page.duties.any:
        raise NotAuthorised(
            phrase("The money of this is kept by officers of the house and its agency.")
        )
    if not form.validate_on_submit():
        return shown(page, forms), 422
    try:
        act()
    except Invalid as refusal:
        form.keep(page.case.version, key=False)
        return shown(page, forms, _told(form, refusal)), 422
    except (Stale, RoundClosed) as refusal:
        page = page_of(page.case.ref)
        form.renew(page.case.version)
        return shown(page, forms, plainly(refusal.said)), 409
    flash(done)
    return redirect(url_for("money.show", ref=page.case.ref), code=303)


def offers_of(page: MoneyPage) -> tuple[ReportOffer, ...]:
    """What reports say was spent and the ledger lacks today, for who may record it."""
    if not (page.open and page.duties.records) or page.on != page.case.today:
        return ()
    counting = [line.recorded.movement for line in page.lines]
    return offers(page.reconciliation.comparisons, counting, page.on)


def _told(form: ActForm, refusal: Refusal) -> str:
    """Each fault at its field; returns what belongs to none that is seen."""
    unseen = []
    for name, said in (getattr(refusal, "faults", None) or {"": refusal.said}).items():
        if name in form and form[name].type != "HiddenField":
            form[name].errors = [*form[name].errors, plainly(said)]
        else:
            unseen.append(plainly(said))
    return " ".join(unseen)


def page_of(ref: str) -> MoneyPage:
    """The money of a programme as the reader may see it, by the day that the address asks for."""
    on = day_asked(request.args.get("on", ""))
    with engine().reading() as session:
        return money_page(session, engine(), person().id, ref, on)


def shown(page: MoneyPage, forms: Mapping[str, ActForm], problem: str = "") -> str:
    """The page with its forms, fresh but for the one that was sent."""
    in_words_of(page.case.definition)
    return render_template(
        "money/show.html",
        page=page,
        movement=forms.get("movement") or _new_movement(page),
        correction=_apart("correction", forms.get("correction") or _new_correction(page)),
        verdict=forms.get("verdict") or _fresh(VerdictForm(None), page),
        **_offering(page, forms),
        called_earmark=called_earmark,
        country_named=country_named,
        line_named=line_named,
        moved_between=moved_between,
        offers=offers_of(page),
        report=forms.get("report") or _fresh(ReportForm(None), page),
        pots_of=pots_of,
        problem=problem,
        acts=ACTS,
        amount=amount,
        paper_named=named,
        publishes=bool(settings().iati_organisation),
    )


def _offering(page: MoneyPage, forms: Mapping[str, ActForm]) -> dict[str, ActForm]:
    """The forms that offer what the page shows, by their names."""
    made: dict[str, ActForm] = {}
    for name, kind in OFFERING.items():
        form = forms.get(name)
        if form is None:
            form = kind(None)
            form.offer(page)
            _fresh(form, page)
        made[name] = _apart(name, form)
    return made


def _apart(name: str, form: ActForm) -> ActForm:
    """The form, whose fields have ids that no other form of the page has."""
    for each in form:
        each.id = f"{name}-{each.name}"
    return form


def _new_movement(page: MoneyPage) -> ActForm:
    form = MovementForm(None)
    form.offer(page)
    form.on.data = page.case.today
    return _fresh(form, page)


def _new_correction(page: MoneyPage) -> ActForm:
    form = CorrectionForm(None)
    form.offer(page, called(page))
    form.on.data = page.case.today
    return _fresh(form, page)


def _fresh(form: ActForm, page: MoneyPage) -> ActForm:
    form.renew(page.case.version)
    return form
