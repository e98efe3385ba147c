"""Every answer of a case, in one statement for all that a page asks of answers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import Round, Seat, SignOff
from workflow.people.models import Appointment, Party, Person
from workflow.reading import asked_once

Given = Row[*tuple[Any, ...]]

_CASE = bindparam("case_id", type_=Integer)
_PRINCIPAL = aliased(Person)
_OTHER = aliased(Round)
_same = (_OTHER.case_id == _CASE, _OTHER.key == Round.key)
_newest = select(_OTHER.id).where(*_same).order_by(_OTHER.turn.desc()).limit(1).scalar_subquery()
_settled = select(func.max(_OTHER.id)).where(*_same, _OTHER.status == "settled").scalar_subquery()
# A text is changed for what was said of it; that is answered as well, though what was said is void since then.
_heard = or_(
    SignOff.standing, and_(SignOff.ended_as == "voided", SignOff.ended_at >= Round.settled_at)
)
_GIVEN = (
    select(
        *(SignOff.seat_id, SignOff.round_id, SignOff.person_id, SignOff.verdict, SignOff.reason),
        *(SignOff.answers, SignOff.at, SignOff.event_seq, SignOff.standing, SignOff.ended_as),
        *(SignOff.ended_at, Round.key, Person.name, _PRINCIPAL.name.label("principal")),
        *(Party.name.label("party"), Party.key.label("party_key"), Seat.party_id),
        (SignOff.standing & (SignOff.round_id == _newest)).label("last"),
        (_heard & (SignOff.round_id == _settled)).label("heard"),
        case((SignOff.round_id == _settled, Round.content)).label("content"),
    )
    .join(Round, Round.id == SignOff.round_id)
    .join(Seat, Seat.id == SignOff.seat_id)
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(Person, Person.id == SignOff.person_id)
    .outerjoin(
        Appointment,
        (Appointment.id == SignOff.appointment_id) & SignOff.mandate_id.is_not(None),
    )
    .outerjoin(_PRINCIPAL, _PRINCIPAL.id == Appointment.person_id)
    .where(SignOff.case_id == _CASE)
    .order_by(SignOff.event_seq)
)


@asked_once
def answers_given(session: Session, case_id: int) -> Sequence[Given]:
    """Every answer of the case with its round, who gave it, for whom and in whose name, the oldest first.

    `last` says whether it stands in the last opening of its round, and `heard` whether it is to be
    answered by the writer of a text that hears the round: those of the opening that was settled last,
    over the `content` that this one was asked about.
    """
    return session.execute(_GIVEN, {"case_id": case_id}).all()


def last_given(session: Session, case_id: int, round_key: str) -> tuple[Given, ...]:
    """The answers that stand in the last opening of a round, by their seats."""
    given = (each for each in answers_given(session, case_id) if each.last)
    return tuple(sorted((e for e in given if e.key == round_key), key=lambda each: each.seat_id))
