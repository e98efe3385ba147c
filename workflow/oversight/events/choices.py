"""What the filters of events offer: everybody, every party, and the words of the lifecycles."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.engine.published.precedence import counting_last
from workflow.frameworks.models import Framework
from workflow.frameworks.queries import years_of
from workflow.people.models import Party, Person
from workflow.vocabulary import EventType, Stage

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EventChoices:
    """What the filters offer, as (value, label)."""

    people: tuple[tuple[int, str], ...]
    parties: Pairs
    frameworks: Pairs
    roles: Pairs
    verdicts: Pairs
    kinds: tuple[str, ...]
    stages: tuple[str, ...]


def choices(session: Session, engine: Engine) -> EventChoices:
    """What the filters of events offer; words of lifecycles are those published last."""
    roles, verdicts = _words(session, engine)
    return EventChoices(
        people=_people(session),
        parties=_parties(session),
        frameworks=_frameworks(session),
        roles=roles,
        verdicts=verdicts,
        kinds=tuple(EventType),
        stages=tuple(Stage),
    )


def _people(session: Session) -> tuple[tuple[int, str], ...]:
    rows = session.execute(select(Person.id, Person.name).order_by(Person.name, Person.id))
    return tuple((number, name) for number, name in rows)


def _parties(session: Session) -> Pairs:
    rows = session.execute(select(Party.key, Party.name).order_by(Party.name))
    return tuple((key, name) for key, name in rows)


def _frameworks(session: Session) -> Pairs:
    rows = session.execute(
        select(Framework.key, Framework.title, Framework.first_year, Framework.last_year).order_by(
            Framework.first_year.desc()
        )
    )
    return tuple((key, f"{title}, {years_of(first, last)}") for key, title, first, last in rows)


def _words(session: Session, engine: Engine) -> tuple[Pairs, Pairs]:
    """The roles and the verdicts of every published lifecycle, called as on every page."""
    roles: dict[str, str] = {}
    verdicts: dict[str, str] = {}
    published = session.scalars(select(DefinitionVersion.id).order_by(DefinitionVersion.id)).all()
    read = (engine.definition(number, session) for number in published)
    for definition in counting_last(read, engine.domain.subject):
        roles |= {key: role.label for key, role in definition.roles.items()}
        for spec in definition.rounds.values():
            verdicts |= {key: verdict.label for key, verdict in spec.rule.verdicts.items()}
    return _sorted(roles), _sorted(verdicts)


def _sorted(words: dict[str, str]) -> Pairs:
    return tuple(sorted(words.items(), key=lambda pair: pair[1]))
