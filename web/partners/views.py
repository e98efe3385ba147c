"""Partners by name, with their vettings, agreements and payments; and the sanctions lists of the house."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from web.access import engine, now, person, role, signed_in
from web.administration.acts import say
from web.anchors.checkpoint_copies import carry
from web.intake.text_file import text_sent
from web.partners.csv_rows import partners_file
from web.partners.forms import LARGEST, SanctionsForm
from web.partners.query_args import address, filters_of
from web.partners.words import STANDINGS, standing_called, standing_tone
from web.wording import plainly
from workflow.errors import FaultyFile, Invalid, Refusal
from workflow.ledger.statements.sums import received, unmet_conditions
from workflow.partners.derive import VETTING
from workflow.partners.lists import every_partner, partner_list
from workflow.partners.sanction_lists import enter_list, lists_entered
from workflow.people.directory.descriptions import ENTERED
from workflow.people.parties import COUNTRY
from workflow.phrase import phrase
from workflow.programmes.alone import alone, offices_for
from workflow.vocabulary import OFFICERS

bp = Blueprint("partners", __name__)
TOO_LARGE = phrase("A sanctions list has eight megabytes at most.")
bp.add_app_template_filter(standing_called)
bp.add_app_template_filter(standing_tone)


@bp.get("/partners")
@signed_in
def index() -> ResponseReturnValue:
    """The partners that the person may know of, as narrowed, from one on."""
    filters, today = filters_of(request.args), now().date()
    with engine().reading() as session:
        page = partner_list(session, person().id, filters, today)
        numbers = [line.number for line in page.lines]
        paid = received(session, numbers, person().id, today)
        unmet = unmet_conditions(session, numbers, person().id, today)
    begun_on = [
        each for each in alone(engine())
        if each.subject == VETTING and offices_for(each, person().offices)
    ]  # fmt: skip
    return render_template(
        "partners/index.html",
        page=page,
        paid=paid,
        unmet=unmet,
        kinds=(COUNTRY, *ENTERED),
        standings=STANDINGS,
        begun_on=begun_on,
        address=address,
    )


@bp.get("/partners.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The partners of the same selection, to be taken away."""
    filters, today = filters_of(request.args), now().date()
    with engine().reading() as session:
        lines = tuple(every_partner(session, person().id, filters, today))
        numbers = [line.number for line in lines]
        paid = received(session, numbers, person().id, today)
        unmet = unmet_conditions(session, numbers, person().id, today)
        return carry(partners_file(lines, paid, unmet))


@bp.get("/partners/sanctions")
@role(*OFFICERS)
def sanctions() -> ResponseReturnValue:
    """The sanctions lists that were entered, and the form for the next."""
    return _shown(SanctionsForm(None))


@bp.post("/partners/sanctions")
@role(*OFFICERS)
def enter() -> ResponseReturnValue:
    """Enter a list, whole or not at all."""
    form = SanctionsForm()
    if not form.validate_on_submit():
        return _shown(form), 422
    try:
        text = text_sent(form.lines.data, LARGEST, TOO_LARGE)
        if len(text) <= 1_000_000:
            form.lines.data = text
        named = enter_list(engine(), person().id, form.title.data, form.dated.data, text)
    except FaultyFile as refusal:
        return _shown(form, refusal), 422
    except Invalid as refusal:
        say(form, refusal)
        return _shown(form, None if refusal.faults else refusal), 422
    flash(
        ngettext(
            "The list is entered: %(num)s entry.", "The list is entered: %(num)s entries.", named
        )
    )
    return redirect(url_for(".sanctions"), code=303)


def _shown(form: SanctionsForm, refusal: Refusal | None = None) -> str:
    with engine().reading() as session:
        lists = lists_entered(session)
    faults = refusal.faults if isinstance(refusal, FaultyFile) else ()
    return render_template(
        "partners/sanctions.html",
        largest=LARGEST // 10**6,
        lists=lists,
        form=form,
        problem=plainly(refusal.said) if refusal else "",
        faults=[plainly(each.said) for each in faults],
    )
