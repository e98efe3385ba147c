"""What blocks programmes, the oldest first: with whom it is, since when, and where it goes up."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.blockers.csv_rows import blockers_file
from web.blockers.query_args import address, filters_of
from web.blockers.words import goes_to
from workflow.blockers.choices import choices
from workflow.blockers.lines import blockers, every_blocker
from workflow.reference import choices as known

bp = Blueprint("blockers", __name__)
bp.add_app_template_filter(goes_to)


@bp.get("/blockers")
@signed_in
def index() -> ResponseReturnValue:
    """The blockers that the person may know of, as narrowed, from one line on."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        page = blockers(session, engine(), person().id, filters, now())
        offered = choices(session, engine(), person().id, ended=filters.ended, now=now())
    return render_template(
        "blockers/index.html",
        page=page,
        choices=offered,
        countries=known("countries"),
        address=address,
    )


@bp.get("/blockers.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The blockers of the same selection, to be taken away."""
    filters = filters_of(request.args)
    with engine().reading() as session:
        return carry(blockers_file(every_blocker(session, engine(), person().id, filters, now())))
