"""The portfolio, and the page of one programme."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web import wording
from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.filters import word
from web.frame import in_words_of
from web.programmes.csv_rows import portfolio_file
from web.programmes.diagram import drawing
from web.programmes.query_args import address, beside, filters_of
from web.reviews.values import spell
from workflow.approaches.page import approach_if_any
from workflow.blockers.own import blockers_of
from workflow.meetings.page import meeting_if_any
from workflow.programmes.approaches.lines import SUBJECT as APPROACH
from workflow.programmes.lists.portfolio import portfolio, whole_portfolio
from workflow.programmes.meetings.lines import SUBJECT as MEETING
from workflow.programmes.page.children import named_below
from workflow.programmes.page.page import programme_page
from workflow.reference import reference
from workflow.sharing.page import used_in
from workflow.vocabulary import Stage

bp = Blueprint("programmes", __name__)
wording.register(bp)


@bp.get("/programmes")
@signed_in
def index() -> ResponseReturnValue:
    """Every programme that the person may know of, as filtered, sorted and paged."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = portfolio(session, engine(), person().id, filters, now())
        named = named_below(session, filters.text, person().id, now())
    return render_template(
        "programmes/index.html",
        page=page,
        named=named,
        address=address,
        beside=beside,
        stages=tuple(Stage),
        regions=tuple(reference().regions),
        subregions=tuple(reference().subregions),
    )


@bp.get("/programmes.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The programmes of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        lines = whole_portfolio(session, engine(), person().id, filters, now())
        return carry(portfolio_file(lines))


@bp.get("/programmes/<ref>")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """One programme: where it stands, whose move it is, and what the person may do."""
    with engine().reading() as session:
        page = programme_page(session, engine(), ref, person().id, now())
        blockers = blockers_of(session, engine(), person().id, page, now())
        uses = used_in(session, page.ref, now().date()) if page.may_use_shared else ()
        approach = (
            approach_if_any(session, engine(), person().id, ref, now())
            if page.lifecycle.subject == APPROACH
            else None
        )
        meeting = (
            meeting_if_any(session, engine(), person().id, ref, now())
            if page.lifecycle.subject == MEETING
            else None
        )
    in_words_of(page.lifecycle)
    picture = drawing(page.prospect, word)
    return render_template(
        "programmes/show.html",
        page=page,
        picture=picture,
        spell=spell,
        blockers=blockers,
        uses=uses,
        approach=approach,
        meeting=meeting,
    )
