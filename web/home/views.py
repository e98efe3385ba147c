"""The first page: in which roles a person is here, and what waits."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import person, signed_in

bp = Blueprint("home", __name__)


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The home of the signed-in person."""
    return render_template("home/index.html", offices=person().offices)
