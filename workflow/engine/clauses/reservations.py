"""Reservations: what somebody stands by after a second reading, carried to whatever is decided later."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.answers.given import answers_given
from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.lifecycles.clauses.remarks import reading, stood_by
from workflow.lifecycles.definition import Definition, RoundSpec


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
    rows = [each for each in answers_given(session, case_id) if each.last and each.key == spec.key]
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
