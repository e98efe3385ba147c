"""The money of a programme: its page, and the acts on it."""

from collections.abc import Callable, Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, person, settings, signed_in
from web.anchors.checkpoint_copies import carry
from web.frame import in_words_of
from web.money.files import sources_and_movements, table_of_movements
from web.money.forms import CERTIFY, CorrectionForm, MovementForm, VerdictForm
from web.money.iati import iati_file
from web.money.words import amount, called, day_asked, of_movement
from web.reviews.forms import ActForm
from web.wording import plainly
from workflow.errors import Invalid, NotAuthorised, Refusal, RoundClosed, Stale
from workflow.ledger.accounts import ACTS
from workflow.ledger.certification.certify import certify
from workflow.ledger.page import MoneyPage, money_page
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.record import correct, record
from workflow.phrase import phrase

bp = Blueprint("money", __name__)

MONEY = "/programmes/<ref>/money"


@bp.get(MONEY)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """What came of whom by a day, each movement with what was left after it, and what waits."""
    return _shown(_page(ref), {})


@bp.get(f"{MONEY}.csv")
@signed_in
def movements(ref: str) -> ResponseReturnValue:
    """The movements that count, as a table to be taken away."""
    return carry(table_of_movements(_page(ref)))


@bp.get(f"{MONEY}.xlsx")
@signed_in
def workbook(ref: str) -> ResponseReturnValue:
    """The sums by source and the movements, as a workbook to be taken away."""
    return carry(sources_and_movements(_page(ref)))


@bp.get(f"{MONEY}.xml")
@signed_in
def activity(ref: str) -> ResponseReturnValue:
    """The programme with its transactions as an IATI activity, to be taken away."""
    return iati_file(f"iati-{ref}", [ref])


@bp.post(MONEY)
@signed_in
def enter(ref: str) -> ResponseReturnValue:
    """Record a movement; it counts once somebody else has certified it."""
    page, form = _page(ref), MovementForm()
    form.offer(page)
    return _acted(
        page,
        {"movement": form},
        lambda: record(engine(), person().id, form.command(ref)).content,
        gettext("Recorded. It counts once somebody else has certified it."),
    )


@bp.post(f"{MONEY}/verdicts")
@signed_in
def decide(ref: str) -> ResponseReturnValue:
    """Certify a movement that somebody else recorded, or say why it does not count."""
    page, form = _page(ref), VerdictForm()
    return _acted(
        page,
        {"verdict": form},
        lambda: certify(engine(), person().id, form.command(ref)).content,
        _decided(page, form),
    )


@bp.post(f"{MONEY}/corrections")
@signed_in
def take_back(ref: str) -> ResponseReturnValue:
    """Record the counter-entry of a movement."""
    page, form = _page(ref), CorrectionForm()
    form.offer(page, called(page))
    return _acted(
        page,
        {"correction": form},
        lambda: correct(engine(), person().id, form.command(ref)).content,
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


def _acted(
    page: MoneyPage, forms: Mapping[str, ActForm], act: Callable[[], str], done: str
) -> ResponseReturnValue:
    """The act done and the page anew, or the page with all that was typed and what is wrong with it."""
    (form,) = forms.values()
    if not page.duties.any:
        raise NotAuthorised(
            phrase("The money of this is kept by officers of the house and its agency.")
        )
    if not form.validate_on_submit():
        return _shown(page, forms), 422
    try:
        act()
    except Invalid as refusal:
        form.keep(page.case.version, key=False)
        return _shown(page, forms, _told(form, refusal)), 422
    except (Stale, RoundClosed) as refusal:
        page = _page(page.case.ref)
        form.renew(page.case.version)
        return _shown(page, forms, plainly(refusal.said)), 409
    flash(done)
    return redirect(url_for(".show", ref=page.case.ref), code=303)


def _told(form: ActForm, refusal: Refusal) -> str:
    """Each fault at its field; returns what belongs to none that is seen."""
    unseen = []
    for name, said in (getattr(refusal, "faults", None) or {"": refusal.said}).items():
        if name in form and form[name].type != "HiddenField":
            form[name].errors = [*form[name].errors, plainly(said)]
        else:
            unseen.append(plainly(said))
    return " ".join(unseen)


def _page(ref: str) -> MoneyPage:
    on = day_asked(request.args.get("on", ""))
    with engine().reading() as session:
        return money_page(session, engine(), person().id, ref, on)


def _shown(page: MoneyPage, forms: Mapping[str, ActForm], problem: str = "") -> str:
    in_words_of(page.case.definition)
    return render_template(
        "money/show.html",
        page=page,
        movement=forms.get("movement") or _new_movement(page),
        correction=forms.get("correction") or _new_correction(page),
        verdict=forms.get("verdict") or _fresh(VerdictForm(None), page),
        problem=problem,
        acts=ACTS,
        amount=amount,
        paper_named=named,
        publishes=bool(settings().iati_organisation),
    )


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
