"""The month of whoever asks: what to do in it, and the file for a calendar of their own."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, settings, signed_in
from web.money.words import amount
from web.month.words import day_before, day_of_week, month_name, short_month, what_else
from workflow.blockers.own import own_blockers
from workflow.deferred import deferred
from workflow.errors import NotFound
from workflow.ledger.certification.queue import waiting_money
from workflow.ledger.promises.due import due_payments
from workflow.month.months import Month
from workflow.month.page import IN_A_FILE, MonthPage, month_page
from workflow.phrase import phrase
from workflow.sharing.lists import asked_of

if TYPE_CHECKING:
    from web.month.calendar_file import calendar_file
else:
    # What writes calendars is read in with the first file.
    calendar_file = deferred("web.month.calendar_file", "calendar_file")

bp = Blueprint("month", __name__)
for spoken in (month_name, short_month, day_of_week, day_before, what_else):
    bp.add_app_template_filter(spoken)

# Of payments that are due so many stand beside a month.
MOST = 6


@bp.get("/month")
@signed_in
def present() -> ResponseReturnValue:
    """The present month, at an address that is always this one."""
    return _shown(Month.of(now()))


@bp.get("/month/<month>")
@signed_in
def show(month: str) -> ResponseReturnValue:
    """What the person has to do in a month, and what comes after it."""
    return _shown(Month.named(month))


def _shown(asked: Month) -> ResponseReturnValue:
    with engine().reading() as session:
        page = month_page(
            session, engine(), person().id, asked, now(), after=request.args.get("after", "")
        )
        blockers = own_blockers(session, engine(), person().id, now()) if page.present else ()
        money = waiting_money(session, person().id, person().offices, now()) if page.present else ()
        payments = due_payments(session, person().id, now(), most=MOST) if page.present else ()
        shared = asked_of(session, person().id, now()) if page.present else ()
    return render_template(
        "month/show.html",
        page=page,
        after=request.args.get("after", ""),
        blockers=blockers,
        money=money,
        payments=payments,
        today=now().date(),
        amount=amount,
        shared=shared,
    )


@bp.get("/month/<month>.ics")
@signed_in
def export(month: str) -> ResponseReturnValue:
    """The same month and what comes after it, for a calendar of the person's own."""
    asked = Month.named(month)
    with engine().reading() as session:
        page = month_page(session, engine(), person().id, asked, now(), most=IN_A_FILE)
    if not page.has_days:
        raise NotFound(
            phrase(
                "Nothing that waits for you in %(month)s, or comes in the three months after, has a day: a calendar would have nothing to hold.",
                month=str(asked),
            )
        )
    return _file(page)


def _file(page: MonthPage) -> Response:
    """A file that nobody keeps on the way."""
    content = calendar_file(page, settings().base_url, now())
    answer = Response(content, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename=f"month-{page.month}.ics")
    return answer
