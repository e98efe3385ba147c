"""Pages to read, open to everybody: help, what this is, and how accessible it is."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import public, settings

bp = Blueprint("reading", __name__)


@bp.get("/help")
@public
def help() -> ResponseReturnValue:  # noqa: A001  # named as its address
    """How to begin, in the words of the pages."""
    return render_template("home/help.html", minutes=settings().reauthenticate_minutes)


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    """What this is, for whom, and what it does not do."""
    return render_template("home/about.html", witnesses=len(settings().witnesses))


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Which standard the pages are tested against, how, and what is known to be missing."""
    return render_template("home/accessibility.html")
