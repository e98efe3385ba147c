"""The page of health with its one act, and two addresses for whoever watches from outside."""

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError

from web.access import engine, lasting_engine, now, person, public, role
from web.account import reauthentication
from web.health.installation import OFFICERS, TOLD
from web.health.readings import facts_now, findings_lately, forget
from workflow.errors import OtherSchema
from workflow.health.page import health_page
from workflow.timekeeping import records

bp = Blueprint("health", __name__)


@bp.get("/health")
@role(*TOLD)
def show() -> ResponseReturnValue:
    """Each kind of work behind the pages, what waits, and what to do."""
    may = person().holds(*OFFICERS)
    return render_template(
        "health/show.html", page=health_page(facts_now()), form=FlaskForm(), may=may
    )


@bp.post("/health/clock")
@role(*OFFICERS)
def confirm_clock() -> ResponseReturnValue:
    """Take the clock for right, on the word of whoever signs for it."""
    reauthentication.demand()
    if FlaskForm().validate_on_submit():
        with engine().transaction() as session:
            count = records.confirm(session, person().id, now())
        forget()
        if count:
            flash(gettext("The clock is confirmed; deadlines are settled by it again."))
        else:
            flash(gettext("The clock is in no doubt any more; there was nothing to confirm."))
    return redirect(url_for(".show"), code=303)


@bp.get("/livez")
@public
def live() -> ResponseReturnValue:
    """Whether this process answers at all; nothing else is asked."""
    return _plain({"alive": True})


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Whether pages can be served: the database answers and its tables are those of this release.

    Work that waits behind the pages is named by its kind, and keeps nobody from being served.
    """
    try:
        tables = lasting_engine().tables
        if tables is not None:
            tables.ask_anew()
        behind = sorted({each.work.value for each in findings_lately() if each.work})
    except OtherSchema as other:
        return _plain({"ready": False, "because": other.sentence}), 503, {"Retry-After": "30"}
    except (SQLAlchemyError, OSError):
        because = "The database cannot be reached."
        return _plain({"ready": False, "because": because}), 503, {"Retry-After": "10"}
    return _plain({"ready": True, "behind": behind})


def _plain(said: dict[str, object]) -> Response:
    return jsonify(said)
