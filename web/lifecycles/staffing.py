"""Whether the people in office today can bring a programme on a lifecycle to every end."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.access import engine, now, role
from web.health.installation import TOLD
from workflow.engine.published.versions import version, versions
from workflow.programmes.staffing.page import staffing_page
from workflow.programmes.staffing.question import Asked

bp = Blueprint("staffing", __name__, url_prefix="/lifecycles")


@bp.get("/<key>/versions/<mark>/staffing")
@bp.get("/<key>/staffing")
@role(*TOLD)
def show(key: str, mark: str = "") -> ResponseReturnValue:
    """What the people of today can do in a programme like the one that is asked about."""
    with engine().reading() as session:
        shown = version(versions(session, engine(), key), mark)
        page = staffing_page(session, shown.definition, asked(request.args), now().date())
    return render_template("lifecycles/staffing.html", shown=shown, staffing=page)


def asked(given: MultiDict[str, str]) -> Asked:
    """The programme that an address asks about; what it leaves out is chosen for it."""
    return Asked(
        proposer=given.get("proposer", ""),
        beside=tuple(filter(None, given.getlist("with"))),
        agency=given.get("agency", ""),
        framework=given.get("framework", ""),
    )
