"""The letter of no objection to each party, and the letter on what came of it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.documents import withheld
from web.frame import in_words_of
from web.letters.local_times import clock_time
from workflow.engine.pages import silence_letters
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case

bp = Blueprint("letters", __name__)

ROUND = "/programmes/<ref>/rounds/<key>/<int:turn>"


@bp.get(f"{ROUND}/letters/<party>")
@signed_in
def show(ref: str, key: str, turn: int, party: str) -> ResponseReturnValue:
    """What one party is told: the text by its digest, until when, what silence means, how to object."""
    with engine().reading() as session:
        at = now()
        case = visible_case(session, ref, person().id, at)
        viewer = CaseViewer.of(session, engine(), case, person().id, at)
        page = silence_letters.letter(viewer, key, turn, party)
    if kept := withheld.instead_of_any(ref, page.circular.spec.text):
        return kept
    in_words_of(viewer.definition)
    return render_template("letters/show.html", page=page, it=page.circular, clock_time=clock_time)


@bp.get(f"{ROUND}/outcome-letter")
@signed_in
def outcome(ref: str, key: str, turn: int) -> ResponseReturnValue:
    """What came of the silence, and from whom no objection was received."""
    with engine().reading() as session:
        at = now()
        case = visible_case(session, ref, person().id, at)
        viewer = CaseViewer.of(session, engine(), case, person().id, at)
        page = silence_letters.outcome(viewer, key, turn)
    if kept := withheld.instead_of_any(ref, page.circular.spec.text):
        return kept
    in_words_of(viewer.definition)
    return render_template("letters/outcome.html", page=page, it=page.circular)
