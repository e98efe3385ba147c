"""Two versions of a lifecycle beside each other, and the open cases that wait in what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import END, OPEN, LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to
from workflow.engine.published.named import named_version
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.difference.change import DefinitionChange, Topic
from workflow.lifecycles.difference.compare import differences
from workflow.lifecycles.texts.spoken import in_english


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """The differences by what they are about; `waiting` counts open cases by state or round.

    Only the cases are counted that whoever reads it may know of.
    """

    before: Definition
    now: Definition
    groups: tuple[tuple[Topic, tuple[DefinitionChange, ...]], ...]
    waiting: Mapping[tuple[Topic, str], int]
    cases: int

    def waits(self, change: DefinitionChange) -> int:
        """How many open cases wait in what the change is about."""
        return self.waiting.get((change.about, change.key), 0)


def difference_page(
    session: Session, engine: Engine, names: tuple[str, str], person: int, now: datetime
) -> DifferencePage:
    """How the second version named differs from the first; refuses one that is not published."""
    before = named_version(session, engine, names[0])
    _, after = named_version(session, engine, names[1])
    return difference_from(session, before, after, person, now)


def difference_from(
    session: Session, before: tuple[int, Definition], after: Definition, person: int, now: datetime
) -> DifferencePage:
    """How a definition, published or not, differs from a published version with this id, in whatever language."""
    number, definition = before[0], in_english(before[1])
    after = in_english(after)
    waiting, cases = _waiting(session, number, person, now)
    return DifferencePage(
        definition, after, grouped(differences(definition, after)), waiting, cases
    )


def grouped(
    found: tuple[DefinitionChange, ...],
) -> tuple[tuple[Topic, tuple[DefinitionChange, ...]], ...]:
    """The differences by what they are about, without the groups in which nothing differs."""
    groups = ((group, tuple(each for each in found if each.group is group)) for group in Topic)
    return tuple((group, changes) for group, changes in groups if changes)


def _waiting(
    session: Session, number: int, person: int, now: datetime
) -> tuple[dict[tuple[Topic, str], int], int]:
    """The open cases of a version that somebody may know of, by state and by open round; and all."""
    its = (
        LifecycleCase.definition_id == number,
        LifecycleCase.stage != END,
        known_to(person, now.date()),
    )
    states = select(LifecycleCase.state, func.count()).where(*its).group_by(LifecycleCase.state)
    rounds = (
        select(Round.key, func.count(Round.case_id.distinct()))
        .where(Round.status == OPEN, Round.case_id.in_(select(LifecycleCase.id).where(*its)))
        .group_by(Round.key)
    )
    in_states = {(Topic.STATE, key): count for key, count in session.execute(states)}
    in_rounds = {(Topic.ROUND, key): count for key, count in session.execute(rounds)}
    return in_states | in_rounds, sum(in_states.values())
