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

from web.access import engine, now, person, public, role, settings
from web.account import reauthentication
from web.health.installation import MINDERS, TOLD
from web.health.readiness import readiness
from web.health.readings import facts_now, forget
from workflow.deferred import deferred
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
    may = person().holds(*MINDERS)
    return render_template(
        "health/show.html", page=health_page(facts_now()), form=FlaskForm(), may=may
    )


@bp.post("/health/clock")
@role(*MINDERS)
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
    """Whether pages can be served, and what each check found; 503 only where they cannot."""
    found = readiness()
    if found.because:
        return _plain(found.told), 503, {"Retry-After": str(found.later)}
    return _plain(found.told)


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


def _plain(said: dict[str, object]) -> Response:
    return jsonify(said)
