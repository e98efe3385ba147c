"""The results of a programme against their targets, on a page and to be taken away."""

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.filters import figure
from web.frame import in_words_of
from web.results.files import table_of_indicators, workbook_of_results
from web.results.words import apart, drawn, light
from workflow.programmes.results.page import ResultsPage, results_page

bp = Blueprint("results", __name__)

RESULTS = "/programmes/<ref>/results"


@bp.get(RESULTS)
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """How each indicator stands, why, and which reports are owed."""
    page = _page(ref)
    in_words_of(page.case.definition)
    return render_template(
        "results/show.html", page=page, figure=figure, apart=apart, drawn=drawn, light=light
    )


@bp.get(f"{RESULTS}.csv")
@signed_in
def indicators(ref: str) -> ResponseReturnValue:
    """The indicators as they stand, as a table to be taken away."""
    return carry(table_of_indicators(_page(ref)))


@bp.get(f"{RESULTS}.xlsx")
@signed_in
def workbook(ref: str) -> ResponseReturnValue:
    """The indicators, and what each report said of them, as a workbook to be taken away."""
    return carry(workbook_of_results(_page(ref)))


def _page(ref: str) -> ResultsPage:
    on = _day(request.args.get("on", ""))
    with engine().reading() as session:
        return results_page(session, engine(), person().id, ref, on)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
