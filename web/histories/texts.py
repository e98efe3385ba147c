"""Any two versions of a text, word by word."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, person, signed_in
from web.documents import withheld
from web.documents.stored_values import sayer
from web.frame import in_words_of
from web.intake.numbers import number_of
from workflow.engine.documents import diff
from workflow.history import access_log
from workflow.oversight.as_of.compare import compared

bp = Blueprint("texts", __name__, url_prefix="/histories/<ref>/texts")


@bp.get("/<kind>")
@signed_in
def show(ref: str, kind: str) -> ResponseReturnValue:
    """A version beside another one; where none is named, the newest beside the one first filed."""
    before, after = number_of(request.args, "from"), number_of(request.args, "to")
    with engine().reading() as session:
        page = compared(session, engine(), person().id, ref, kind, before=before, after=after)
    if kept := withheld.instead(ref, kind):
        return kept
    if person().holds("auditor"):
        access_log.record_visit(engine(), person().id, ref)
    in_words_of(page.case.definition)
    text = diff.between(page.kind, page.earlier, page.content, sayer(page.offered))
    return render_template("histories/texts.html", page=page, text=text)
