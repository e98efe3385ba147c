"""The quorum of a body: how many of its seats must be able to decide, and what is said where fewer are."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Date, bindparam, select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body, BodySeat
from workflow.bodies.seats import taken
from workflow.phrase import Phrase, counted
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction

# A body and who sits on it, asked at once; one on which nobody sits is found with no party.
_SITTING = PreparedStatement(
    select(Body.name, Body.quorum, BodySeat.party_id)
    .outerjoin(BodySeat, (BodySeat.body_id == Body.id) & taken(bindparam("today", type_=Date)))
    .where(Body.id == bindparam("body_id"))
)


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
    (rows,) = Transaction.of(session).read((_SITTING, {"body_id": body_id, "today": today}))
    left = {*here} & {row.party_id for row in rows}
    return fewer_than_quorum(rows[0].name, len(left), rows[0].quorum)
