"""The first page: in which offices a person is here, what waits, and what they take part in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from workflow.engine.queue import page
from workflow.programmes.lists.own import own_programmes

bp = Blueprint("home", __name__)

MOST_WAITING = 5


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The home of the signed-in person."""
    with engine().reading() as session:
        tally, rows = page.head(session, engine(), person().id, now(), MOST_WAITING)
        programmes = own_programmes(session, engine(), person().id, now())
    return render_template(
        "home/index.html",
        offices=person().offices,
        tally=tally,
        rows=rows,
        programmes=programmes,
    )
