"""Whom a seat asks, of those who hold its office: whoever was named, where one person alone answers it."""

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    String,
    case,
    cast,
    func,
    or_,
    select,
    true,
)

from workflow.engine.declared_models import PersonalRound
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff

_SEAT, _CASE, _NAMING = (
    Seat.__table__,
    LifecycleCase.__table__,
    Round.__table__.alias("naming_round"),
)
_PERSONAL, _NAMED = PersonalRound.__table__, SignOff.__table__.alias("named")
_WHO = _NAMED.c.answers.op("->>", return_type=String())(_PERSONAL.c.question)


def is_asked(person: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that a seat asks this person, where they hold its office.

    Few rounds are of one person, and only of seats in those is it looked up who was named.
    """
    somebody_else = (
        select(_PERSONAL.c.round_key)
        .join_from(_PERSONAL, _CASE, _CASE.c.definition_id == _PERSONAL.c.definition_id)
        .where(
            _CASE.c.id == _SEAT.c.case_id,
            _PERSONAL.c.round_key == _SEAT.c.round_key,
            _named_last(person).is_not(true()),
        )
        .correlate_except(_PERSONAL, _CASE)
        .exists()
    )
    return or_(_SEAT.c.round_key.not_in(select(_PERSONAL.c.round_key)), ~somebody_else)


def _named_last(person: SQLColumnExpression[int]) -> ScalarSelect[bool]:
    """Whether the newest answer that stands and names somebody names this person: as `last_named` has it."""
    theirs = case((cast(_WHO, String) == cast(person, String), _NAMED.c.event_seq))
    return (
        select(func.max(theirs) == func.max(_NAMED.c.event_seq))
        .join_from(_NAMING, _NAMED, _NAMED.c.round_id == _NAMING.c.id)
        .where(
            _NAMING.c.case_id == _SEAT.c.case_id,
            _NAMING.c.key == _PERSONAL.c.named_in,
            _NAMED.c.standing,
            _WHO != "",
        )
        .correlate_except(_NAMING, _NAMED)
        .scalar_subquery()
    )
