"""What evaluations came to over all programmes: figures of a year, each of which leads to its list."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.evaluations.csv_rows import evaluations_file
from web.evaluations.query_args import address, filters_of
from web.evaluations.words import ANSWERS, CRITERIA, STANDINGS, evaluated_word, list_name
from workflow.evaluations.figures import SCALE, evaluation_figures
from workflow.evaluations.filters import EvaluationList
from workflow.evaluations.lists import evaluation_lines, every_line

bp = Blueprint("evaluations", __name__)
bp.add_app_template_filter(evaluated_word)
bp.add_app_template_filter(list_name)


@bp.get("/evaluations")
@signed_in
def index() -> ResponseReturnValue:
    """The figures of a year, which are the same for everybody."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        figures = evaluation_figures(session, filters, now().date())
    return render_template(
        "evaluations/index.html",
        figures=figures,
        answers=ANSWERS,
        standings=STANDINGS,
        scale=SCALE,
        address=address,
    )


@bp.get("/evaluations/list")
@signed_in
def listed() -> ResponseReturnValue:
    """What a figure counts, line by line, as far as the person may know of it."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = evaluation_lines(session, person().id, filters, now().date())
    offered = {
        EvaluationList.RECOMMENDATIONS: ANSWERS,
        EvaluationList.ACTIONS: STANDINGS,
        EvaluationList.RATINGS: CRITERIA,
    }
    return render_template(
        "evaluations/list.html",
        page=page,
        lists=tuple(EvaluationList),
        statuses=offered[filters.of],
        address=address,
    )


@bp.get("/evaluations/list.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The whole list, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        lines = every_line(session, person().id, filters, now().date())
        return carry(evaluations_file(filters.of, lines))
