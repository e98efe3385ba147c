"""The past as it stood at the end of a day: of one programme, and of all of them."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.frame import in_words_of
from web.histories.files import PAST
from web.orders.offers import small_or_ordered
from web.oversight.query_args import day_of, text_of
from workflow.errors import NotFound
from workflow.history import access_log
from workflow.oversight.as_of.case import as_of_page
from workflow.oversight.as_of.portfolio import portfolio_as_of
from workflow.phrase import phrase

bp = Blueprint("past", __name__, url_prefix="/histories")


@bp.get("/on")
@signed_in
def choose() -> ResponseReturnValue:
    """On to the day that was chosen for all programmes."""
    day = day_of(request.args.get("day", "")) or now().date()
    return redirect(url_for(".everything", day=day.isoformat()), code=303)


@bp.get("/on/<day>")
@signed_in
def everything(day: str) -> ResponseReturnValue:
    """Every programme with the state it stood in."""
    with engine().reading() as session:
        page = portfolio_as_of(
            session, engine(), person().id, _day(day), now(),
            stage=text_of(request.args, "stage"), after=text_of(request.args, "after"),
        )  # fmt: skip
    return render_template("histories/everything_on.html", page=page)


@bp.get("/on/<day>/programmes.csv")
@signed_in
def export(day: str) -> ResponseReturnValue:
    """Every programme as it stood, as a file."""
    stage = text_of(request.args, "stage")
    return small_or_ordered(PAST, {"day": _day(day).isoformat(), "stage": stage})


@bp.get("/<ref>/on")
@signed_in
def choose_for(ref: str) -> ResponseReturnValue:
    """On to the day that was chosen for one programme."""
    day = day_of(request.args.get("day", "")) or now().date()
    return redirect(url_for(".one", ref=ref, day=day.isoformat()), code=303)


@bp.get("/<ref>/on/<day>")
@signed_in
def one(ref: str, day: str) -> ResponseReturnValue:
    """One programme as its events told it by then; that an auditor reads it is told on it."""
    wanted = _day(day)
    with engine().reading() as session:
        page = as_of_page(session, engine(), person().id, ref, wanted, now())
    if person().holds("auditor"):
        access_log.record_visit(engine(), person().id, ref)
    in_words_of(page.followed)
    return render_template("histories/on.html", page=page)


def _day(text: str) -> date:
    """The day of the address; what lies ahead is told as far as it is known."""
    found = day_of(text)
    if found is None:
        raise NotFound(phrase("There is no such day."))
    return min(found, now().date())
