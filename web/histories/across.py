"""The events of all histories in one list: searched, counted, taken away."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, role
from web.orders.offers import small_or_ordered
from web.oversight.files import EVENTS
from web.oversight.query_args import address, filters_of, spoken_query
from workflow.audit.events.histories import HistoryRead
from workflow.oversight.events import access_log
from workflow.oversight.events.page import events_page

bp = Blueprint("across", __name__, url_prefix="/histories/events")


@bp.get("")
@role("auditor", "evaluator")
def index() -> ResponseReturnValue:
    """The events that the person may know of and the filters leave, the newest first."""
    filters = filters_of(request.args)
    look = HistoryRead(scope=access_log.EVENTS, query=spoken_query(filters))
    access_log.record_look(engine(), person().id, look)
    with engine().reading() as session:
        page = events_page(session, engine(), person().id, filters, now())
    return render_template("histories/events.html", page=page, address=address)


@bp.get("/events.csv")
@role("auditor", "evaluator")
def export() -> ResponseReturnValue:
    """The same selection as a file; that it was taken away is told on the register."""
    return small_or_ordered(EVENTS, request.args)
