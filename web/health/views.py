"""The page of health with its one act, and addresses for whoever watches from outside."""

import hmac
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from sqlalchemy.exc import SQLAlchemyError

from web.access import engine, lasting_engine, now, person, public, role, settings
from web.account import reauthentication
from web.health.installation import OFFICERS, TOLD
from web.health.readings import facts_now, findings_lately, forget
from workflow.deferred import deferred
from workflow.errors import OtherSchema
from workflow.health.heartbeats import Work
from workflow.health.page import health_page
from workflow.timekeeping import records

if TYPE_CHECKING:
    from web.health.metrics import exposition
else:
    # Most houses are asked for no figures.
    exposition = deferred("web.health.metrics", "exposition")

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
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
@bp.get("/healthz")
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
    return _plain({"ready": True, "behind": behind, "checks": _checks(behind)})


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """The figures of health for a Prometheus server that shows the token; nothing without one."""
    wanted = settings().metrics_token
    if not wanted:
        abort(404)
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(shown.encode(), wanted.encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    return Response(exposition(facts_now()), content_type=EXPOSITION)


def _checks(behind: list[str]) -> dict[str, str]:
    """What is asked of a house that is ready, in a word each."""
    log = any(work in behind for work in (Work.SEQUENCER, Work.SIGNER))
    mail = "behind" if Work.MAIL in behind else "in time"
    return {
        "database": "answers",
        "migrations": "at head",
        "log": "behind" if log else "in time",
        "mail": mail if settings().mail_server else "not set up",
    }


def _plain(said: dict[str, object]) -> Response:
    return jsonify(said)
