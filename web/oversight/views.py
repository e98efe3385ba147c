"""The auditor's first page, checks of the trail, and the record of access."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role
from web.orders.offers import small_or_ordered
from web.oversight.files import ACCESS
from web.oversight.forms import CheckForm
from web.oversight.query_args import address, filters_of, spoken_query
from web.oversight.words import kind_label
from web.wording import plainly
from workflow.audit.events.histories import HistoryRead
from workflow.errors import NotFound
from workflow.offices.record import record_news
from workflow.oversight.checks.run import ask, check_case
from workflow.oversight.events import access_log, accessed
from workflow.oversight.home import home_page

ANCHORS = "/anchors"
bp = Blueprint("oversight", __name__, url_prefix="/oversight")
bp.add_app_template_filter(kind_label)


@bp.get("")
@role("auditor")
def index() -> ResponseReturnValue:
    """Whether everything verifies, how complete it is, and what is new since the last review."""
    return _home(CheckForm())


def _home(form: CheckForm) -> str:
    with engine().reading() as session:
        page = home_page(session, person().id, now())
        news = record_news(session, engine(), person().id)
    return render_template(
        "oversight/index.html", page=page, form=form, anchors=_anchors(), news=news
    )


def _anchors() -> str:
    """Where it stands when a checkpoint last left the house; empty where no page tells."""
    adapter = current_app.create_url_adapter(request)
    return ANCHORS if adapter is not None and adapter.test(ANCHORS, method="GET") else ""


@bp.post("/checks")
@role("auditor")
def check() -> ResponseReturnValue:
    """Check one history now, or ask for a check of all of them."""
    form = CheckForm()
    if not form.validate_on_submit():
        return _home(form), 422
    ref = (form.ref.data or "").strip()
    if not ref:
        begun = ask(engine(), person().id)
        flash(
            gettext("The check of every history is asked for.")
            if begun
            else gettext("A check of every history is under way already.")
        )
        return redirect(url_for(".index"), code=303)
    try:
        examined = check_case(engine(), person().id, ref)
    except NotFound as refusal:
        form.ref.errors = [plainly(refusal.said)]
        return _home(form), 422
    if examined.difference is None:
        flash(
            gettext(
                "%(ref)s verifies: %(events)d events, %(rows)d rows.",
                ref=ref,
                events=examined.events,
                rows=examined.rows,
            )
        )
    else:
        flash(
            gettext(
                "%(ref)s does not verify: %(sentence)s",
                ref=ref,
                sentence=examined.difference.sentence,
            )
        )
    return redirect(url_for("histories.show", ref=examined.ref), code=303)


@bp.get("/access")
@role("auditor")
def access() -> ResponseReturnValue:
    """Who read, took away or reviewed which history."""
    filters = filters_of(request.args)
    look = HistoryRead(scope=access_log.ACCESS, query=spoken_query(filters))
    access_log.record_look(engine(), person().id, look)
    with engine().reading() as session:
        page = accessed.access_page(session, engine(), person().id, filters, now())
    return render_template("oversight/access.html", page=page, address=address)


@bp.get("/access.csv")
@role("auditor")
def access_file() -> ResponseReturnValue:
    """The record of access under the same filters, to be taken away."""
    return small_or_ordered(ACCESS, request.args)
