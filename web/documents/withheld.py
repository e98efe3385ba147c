"""Texts and files kept from whoever has to say first that they have no interest in them."""

from collections.abc import Iterable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from web.access import engine, now, person
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.pages.withheld import withheld
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import ConflictOfDuties
from workflow.phrase import phrase


def instead_of_any(ref: str, kinds: Iterable[str]) -> ResponseReturnValue | None:
    """Where the person is led who has not declared yet for one of these kinds of documents."""
    return next((kept for kind in kinds if (kept := instead(ref, kind))), None)


def instead(ref: str, kind: str) -> ResponseReturnValue | None:
    """Where the person is led who has not declared yet; refuses whoever declared an interest."""
    with engine().reading() as session:
        at = now()
        case = visible_case(session, ref, person().id, at)
        kept = withheld(CaseViewer.of(session, engine(), case, person().id, at), kind)
    if kept is None:
        return None
    if kept.interest:
        raise ConflictOfDuties(
            phrase("You declared an interest, so this text stays closed to you.")
        )
    to = url_for("reviews.show", ref=ref, key=kept.round_key, turn=kept.turn, seat=kept.seat)
    return redirect(to, code=303)
