"""The administrator's first page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import role
from web.administration.sections import sections
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("administration", __name__, url_prefix="/office")


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """What there is to maintain, section by section."""
    return render_template("administration/index.html", sections=sections())
