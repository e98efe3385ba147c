"""The set-up page: how far a proposal would travel today, what is missing, and who holds what."""

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from web.access import engine, now, person, role, settings
from web.administration.offices.readiness import facts_now
from web.administration.sections import OfficeRoom, Section
from web.intake.numbers import number_of
from workflow.offices.lacks import Lack
from workflow.offices.office import offices_held
from workflow.offices.record import record_page
from workflow.offices.setup import setup_page
from workflow.programmes.staffing.page import staffing_page
from workflow.programmes.staffing.question import ANY
from workflow.vocabulary import ADMINISTRATOR

# Where each lack is mended; a way that has no page is done on the command line, as its label says.
WAYS: Mapping[str, str] = {
    "pivotal": "pivotal.index",
    "calendars": "calendars.index",
    "health": "health.show",
    "anchors": "anchors.index",
    "frameworks": "framework_terms.index",
    "bodies": "bodies.index",
    "parties": "parties.index",
    "appoint": "keeping_people.index",
    "signing": "reading.help",
}
bp = OfficeRoom(
    "setup",
    __name__,
    "setup",
    Section(
        "setup.show",
        lazy_gettext("Set-up"),
        lazy_gettext("How far a proposal would travel today, what is missing, and who holds what"),
        "checklist",
        10,
    ),
)


@bp.get("")
@role(ADMINISTRATOR)
def show() -> ResponseReturnValue:
    """What a proposal would meet today."""
    with engine().reading() as session:
        facts = facts_now(session, engine(), settings(), person().id)
        offices = offices_held(session, now().date())
        people = [staffing_page(session, each, ANY, now().date()) for each in facts.lifecycles]
    return render_template(
        "administration/offices/setup.html",
        page=setup_page(facts),
        facts=facts,
        offices=offices,
        people=people,
        today=now().date(),
        address=address,
    )


@bp.get("/record")
@role(ADMINISTRATOR)
def record() -> ResponseReturnValue:
    """What was set up, and by whom."""
    with engine().reading() as session:
        page = record_page(session, engine(), number_of(request.args, "before"))
    return render_template("administration/offices/record.html", page=page)


def address(lack: Lack) -> str:
    """Where a lack is mended; empty where no page does."""
    way, _, office = lack.way.partition(":")
    if way == "tie":
        return url_for("keeping_offices.show", number=int(office))
    role, _, party = office.partition(":")
    return url_for(WAYS[way], role=role or None, party=party or None) if way in WAYS else ""
