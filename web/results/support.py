"""How partners rate the support of the office, for the office and those who audit it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, role
from web.filters import figure
from workflow.people.appointments import AUDITOR
from workflow.results.support import support_by_year
from workflow.vocabulary import OFFICERS

bp = Blueprint("support", __name__, url_prefix="/support")
RATINGS = range(1, 7)


@bp.get("")
@role(*OFFICERS, AUDITOR)
def by_year() -> ResponseReturnValue:
    """How many accepted reports of each year gave which rating."""
    with engine().reading() as session:
        years = support_by_year(session)
    return render_template("results/support.html", years=years, ratings=RATINGS, figure=figure)
