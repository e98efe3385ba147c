"""What countries share: the list, the file to be taken away, and one entry."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.solutions.csv_rows import sharing_file
from web.solutions.forms import DecisionForm, UseForm, WithdrawalForm
from web.solutions.query_args import address, filters_of
from web.solutions.words import FILTERS, tongues
from workflow.reference import choices
from workflow.sharing.content import FORMS, KINDS
from workflow.sharing.lists import every_entry, sharing_list
from workflow.sharing.page import entry_page

bp = Blueprint("solutions", __name__)
for each in FILTERS:
    bp.add_app_template_filter(each)


@bp.get("/solutions")
@signed_in
def index() -> ResponseReturnValue:
    """What is listed, as narrowed, from one entry on; and of one's own what waits."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = sharing_list(session, person().id, filters, now())
    return render_template(
        "solutions/index.html",
        page=page,
        kinds=KINDS,
        forms=FORMS,
        areas=choices("areas"),
        goals=choices("sdg_goals"),
        tongues=tongues(),
        countries=choices("countries"),
        address=address,
    )


@bp.get("/solutions.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The same selection, to be taken away, without experts who did not agree to that."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        return carry(sharing_file(every_entry(session, filters, now())))


@bp.get("/solutions/<int:number>")
@signed_in
def show(number: int) -> ResponseReturnValue:
    """One entry, with what came before and what one may do about it."""
    return shown(number)


def shown(number: int, *, sent: object = None, status: int = 200) -> ResponseReturnValue:
    """The page of an entry; the form that was refused stands as it was sent."""
    with engine().reading() as session:
        page = entry_page(session, person().id, number, now())
    kinds = (DecisionForm, WithdrawalForm, UseForm)
    forms = {kind.__name__: sent if isinstance(sent, kind) else kind(None) for kind in kinds}
    return render_template(
        "solutions/show.html",
        page=page,
        sent=sent,
        decision=forms["DecisionForm"],
        withdrawal=forms["WithdrawalForm"],
        using=forms["UseForm"],
    ), status
