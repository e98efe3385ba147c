"""The first page: what this is for a stranger, and for whoever signed in what waits for them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, public, visitor
from web.account.forms import SignInForm
from web.frame import lifecycles
from web.home.checks import LARGEST, MEGABYTE
from web.home.first_page import landing
from workflow.blockers.own import own_blockers
from workflow.engine.queue import page
from workflow.ledger.certification.queue import waiting_money
from workflow.month.months import Month, ends_near, week_ends
from workflow.programmes.lists.own import own_programmes
from workflow.programmes.outline import proposers
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("home", __name__)

MOST_WAITING = 5


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """The home of the signed-in person, or the page that tells a stranger what this is."""
    if visitor() is None:
        return _landing()
    if {held.role for held in person().offices} == {ADMINISTRATOR}:
        return redirect(url_for("setup.show"))
    return _home()


def _landing() -> str:
    form, most = SignInForm(formdata=None), LARGEST // MEGABYTE
    return render_template("home/landing.html", page=landing(), form=form, most=most)


def _home() -> str:
    with engine().reading() as session:
        tally, rows = page.head(
            session, engine(), person().id, now(), MOST_WAITING, ends_near(now())
        )
        programmes = own_programmes(session, engine(), person().id, now())
        blockers = own_blockers(session, engine(), person().id, now())
        money = waiting_money(session, person().id, person().offices, now())
    return render_template(
        "home/index.html",
        offices=person().offices,
        tally=tally,
        rows=rows,
        month=Month.of(now()),
        week_ends=week_ends(now()),
        programmes=programmes,
        money=money,
        blockers=blockers,
        proposes=person().holds(*proposers(lifecycles())),
    )
