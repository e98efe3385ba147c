"""The histories that a person may read, one of them in words, and copies to take away."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.frame import in_words_of
from web.histories.csv_rows import history_file
from web.histories.query_args import address, filters_of
from web.programmes.query_args import LONGEST, page_of
from workflow.audit.verification.verify import examine_case
from workflow.free_text import searched
from workflow.history import access_log, history_page, selection
from workflow.oversight.events.histories import histories
from workflow.oversight.events.histories_wanted import HistoriesWanted
from workflow.oversight.reviews.progress import reviewed
from workflow.programmes.lists.counts import MOST_FOUND
from workflow.programmes.page.children import named_below
from workflow.reference import reference
from workflow.tlog.inclusion import covered

NAMES = ("text", "region", "subregion", "grouping")

bp = Blueprint("histories", __name__, url_prefix="/histories")


@bp.get("")
@signed_in
def index() -> ResponseReturnValue:
    """Every history that the person may read, the one told last on top."""
    asked = HistoriesWanted(
        **{name: searched(request.args.get(name, "")[:LONGEST]) for name in NAMES},
        page=page_of(request.args),
        after=request.args.get("after", "")[:LONGEST],
        before=request.args.get("before", "")[:LONGEST],
    )
    with engine().reading() as session:
        page = histories(session, engine(), person().id, asked, now())
        named = named_below(session, asked.text, person().id, now())
    return render_template(
        "histories/index.html",
        page=page,
        named=named,
        most=MOST_FOUND,
        kept={name: getattr(asked, name) or None for name in NAMES},
        regions=tuple(reference().regions),
        subregions=tuple(reference().subregions),
    )


@bp.get("/<ref>")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """One history in words, and whether it verifies; that an auditor reads it is told on it."""
    auditor = person().holds("auditor")
    if auditor:
        access_log.record_visit(engine(), person().id, ref)
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = history_page(session, engine(), ref, person=person().id, now=now(), filters=filters)
        proven = covered(session, [line.hash for line in page.lines])
        looked = reviewed(session, page.case_id, person().id) if auditor else None
        check = examine_case(session.connection(), page.case_id)
    if page.followed is not None:
        in_words_of(page.followed)
    return render_template(
        "histories/show.html",
        page=page,
        check=check,
        address=address,
        proven=proven,
        looked=looked,
    )


@bp.get("/<ref>/history.csv")
@signed_in
def export(ref: str) -> ResponseReturnValue:
    """Every event of the selection as a file; that it was taken away is told on the history."""
    access_log.record_copy(engine(), person().id, ref)
    filters = filters_of(request.args)
    with engine().reading() as session:
        lines = selection(session, engine(), ref, person=person().id, now=now(), filters=filters)
    return carry(history_file(ref, lines))
