"""The register of approaches: whom the office asked about what, and what each country answered."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.approaches.csv_rows import approaches_file
from web.approaches.query_args import address, filters_of
from web.approaches.words import ANSWERS, STANDS, answer_called, answer_tone
from workflow.approaches.lines import approaches, every_approach
from workflow.approaches.page import pivotal_choices
from workflow.frameworks.queries import framework_names
from workflow.reference import choices as known

bp = Blueprint("approaches", __name__)
for spoken in (answer_called, answer_tone):
    bp.add_app_template_filter(spoken)


@bp.get("/approaches")
@signed_in
def index() -> ResponseReturnValue:
    """The approaches that the person may know of, as narrowed, from one line on."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = approaches(session, engine(), person().id, filters, now())
        countries = pivotal_choices(session, now())
        frameworks = tuple(framework_names(session).items())
    return render_template(
        "approaches/index.html",
        page=page,
        countries=countries,
        frameworks=frameworks,
        areas=known("areas"),
        answers=ANSWERS,
        stands=STANDS,
        address=address,
    )


@bp.get("/approaches.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The approaches of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        return carry(
            approaches_file(every_approach(session, engine(), person().id, filters, now()))
        )
