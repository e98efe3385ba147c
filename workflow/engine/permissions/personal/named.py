"""Who was named, in the answer to a question, to answer other rounds of a case in person."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.models import Round, SignOff
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import NamedPerson
from workflow.engine.permissions.offices import OfficeHolder, holders
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import Field
from workflow.people.models import Person


def last_named(
    session: Session, rounds: Iterable[tuple[int, RoundSpec]]
) -> Mapping[tuple[int, str], NamedPerson]:
    """By case and question: who was named there last, for each round that only whoever is named answers."""
    asked = {(case_id, spec.answered_by) for case_id, spec in rounds if spec.answered_by}
    if not asked:
        return {}
    found = {each: NamedPerson() for each in asked}
    naming = sorted({(case_id, place.partition(".")[0]) for case_id, place in asked})
    rows = session.execute(
        select(Round.case_id, Round.key, SignOff.answers)
        .join(Round, Round.id == SignOff.round_id)
        .where(tuple_(Round.case_id, Round.key).in_(naming), SignOff.standing)
        .order_by(SignOff.event_seq)
    ).all()
    for case_id, key, answers in rows:
        for place in (each for at, each in asked if at == case_id):
            round_key, _, question = place.partition(".")
            if key == round_key and str(answers.get(question, "")).isdecimal():
                found[case_id, place] = NamedPerson(int(answers[question]))
    return _called(session, found)


def holders_offered(
    session: Session, definition: Definition, case_id: int, question: Field, today: date
) -> tuple[OfficeHolder, ...]:
    """Who may be named in the answer to a question: whoever holds a seat of the round for which it names."""
    spec = definition.rounds[question.names_for]
    places = [
        place
        for seat in spec.rule.seats
        for place in participants.asked_places(session, case_id, seat, today)
    ]
    found = (each for group in holders(session, places, today).values() for each in group)
    unique = {each.person: each for each in found}
    return tuple(sorted(unique.values(), key=lambda each: (each.name, each.person)))


def rounds_named_for(definition: Definition, round_key: str, question: str) -> Iterator[RoundSpec]:
    """The rounds that whoever is named in this answer will answer."""
    place = f"{round_key}.{question}"
    return (spec for spec in definition.rounds.values() if spec.answered_by == place)


def _called(
    session: Session, found: Mapping[tuple[int, str], NamedPerson]
) -> Mapping[tuple[int, str], NamedPerson]:
    people = {each.person for each in found.values() if each.person}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    names = {row.id: row.name for row in rows} if people else {}
    return {at: each._replace(name=names.get(each.person, "")) for at, each in found.items()}
