"""The quorum of a body: how many of its seats must be able to decide, and what is said where fewer are."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from workflow.bodies.models import Body
from workflow.bodies.seats import sitting
from workflow.phrase import Phrase, counted


def fewer_than_quorum(name: str, able: int, quorum: int) -> Phrase | None:
    """Why a body cannot decide with so many seats, where its quorum asks for more."""
    if able >= quorum:
        return None
    return counted(
        "%(body)s cannot decide: one of its seats may, and %(quorum)s must. Ask an administrator.",
        "%(body)s cannot decide: %(num)s of its seats may, and %(quorum)s must. Ask an "
        "administrator.",
        able,
        body=name,
        quorum=quorum,
    )


def too_few_left(
    session: Session, body_id: int, here: Collection[int], today: date
) -> Phrase | None:
    """Why a body cannot decide with the parties that have not stepped back, as far as they still sit there."""
    body = session.get_one(Body, body_id)
    left = {*here} & {*sitting(session, body_id, today)}
    return fewer_than_quorum(body.name, len(left), body.quorum)
