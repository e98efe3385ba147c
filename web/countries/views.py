"""The page of one country, for everybody who has signed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from workflow.approaches.country import MOST, country_page
from workflow.meetings.filters import MeetingFilters
from workflow.meetings.lines import meetings

bp = Blueprint("countries", __name__)


@bp.get("/countries/<code>")
@signed_in
def show(code: str) -> ResponseReturnValue:
    """One country by its three letters, each reader shown what they may know of."""
    with engine().reading() as session:
        page = country_page(session, engine(), person().id, code, now())
        invited = MeetingFilters(country=page.iso3)
        met = meetings(session, engine(), person().id, invited, now()).lines
    return render_template(
        "countries/show.html", page=page, meetings=met[:MOST], more=len(met) > MOST
    )
