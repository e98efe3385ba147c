"""Reservations: what somebody stands by after a second reading, carried to whatever is decided later."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.engine.documents.conditions import latest_turn
from workflow.engine.models import Seat, SignOff
from workflow.lifecycles.clauses.remarks import reading, stood_by
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.people.models import Party, Person
from workflow.reading import asked_once


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a party stands by: in its own words, with the comments that it named and what was answered to each."""

    round: str
    party: str
    person: str
    at: datetime
    words: str
    comments: tuple[ReadComment, ...]


def reservations(
    session: Session, definition: Definition, case_id: int, reads: Callable[[str], bool]
) -> tuple[Reservation, ...]:
    """Every reservation that stands on the text as it was consulted last, by the rounds that may be read."""
    rounds = (each for each in definition.rounds.values() if reading(each) and reads(each.key))
    return tuple(
        found for spec in rounds for found in _in_round(session, definition, case_id, spec)
    )


def _in_round(
    session: Session, definition: Definition, case_id: int, spec: RoundSpec
) -> Iterator[Reservation]:
    rows = _given(session, case_id, spec.key)
    known = {each.id: each for each in _read(session, definition, case_id, spec)} if rows else {}
    for row in rows:
        named = tuple(known[each] for each in stood_by(spec, row.answers) if each in known)
        if named:
            yield Reservation(spec.key, row.party, row.name, row.at, row.reason, named)


def _read(
    session: Session, definition: Definition, case_id: int, spec: RoundSpec
) -> tuple[ReadComment, ...]:
    """The comments that are read in a round."""
    found = reading(spec)
    if found is None:
        return ()
    question, names = found
    column = next(each for each in question.columns if each.key == names)
    kind = definition.documents[column.vocabulary.partition(":")[2]]
    return comments_on(session, definition, case_id, kind, compared=False)


@asked_once
def _given(session: Session, case_id: int, key: str) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(
        select(SignOff.answers, SignOff.reason, SignOff.at, Person.name, Party.name.label("party"))
        .join(Seat, Seat.id == SignOff.seat_id)
        .join(Party, Party.id == Seat.party_id)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.round_id == latest_turn(case_id, key), SignOff.standing)
        .order_by(SignOff.event_seq)
    ).all()
