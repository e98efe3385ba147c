"""Lead groups: who leads together in which area, and the page of each."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.lead_groups.csv_rows import groups_file
from web.lead_groups.query_args import address, filters_of
from workflow.frameworks.queries import framework_names
from workflow.lead_groups.lines import every_group, lead_groups
from workflow.lead_groups.page import lead_group
from workflow.reference import choices as known

bp = Blueprint("lead_groups", __name__)


@bp.get("/lead-groups")
@signed_in
def index() -> ResponseReturnValue:
    """The groups that the person may know of, as narrowed, from one on."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = lead_groups(session, engine(), person().id, filters, now())
        frameworks = tuple(framework_names(session).items())
    return render_template(
        "lead_groups/index.html",
        page=page,
        frameworks=frameworks,
        areas=known("areas"),
        address=address,
    )


@bp.get("/lead-groups.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The groups of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        return carry(groups_file(every_group(session, engine(), person().id, filters, now())))


@bp.get("/lead-groups/<ref>")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """One lead group."""
    with engine().reading() as session:
        page = lead_group(session, engine(), person().id, ref, now())
    return render_template("lead_groups/show.html", page=page)
