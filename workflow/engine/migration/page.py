"""The open cases of a version, for whoever moves them to another one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.migration.wish import CaseSeen
from workflow.engine.models import END, DefinitionVersion, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition, RoundSpec, State
from workflow.phrase import phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case that follows a version, as it stands now."""

    ref: str
    title: str
    version: int
    state: str

    @property
    def seen(self) -> CaseSeen:
        """The case as a page shows it, to be refused once it has moved on."""
        return CaseSeen(self.ref, self.version)


@dataclass(frozen=True, slots=True)
class MigrationPage:
    """A version with the open cases that somebody may know of, and the versions to which they can go."""

    number: int
    definition: Definition
    others: tuple[tuple[int, Definition], ...]
    cases: tuple[OpenCase, ...]

    def goal(self, mark: str) -> tuple[int, Definition]:
        """The version chosen; the newest where none is. Refuses one that there is not."""
        found = next((each for each in self.others if mark in {"", each[1].mark}), None)
        if found is None:
            raise NotFound(phrase("There is no other version of this lifecycle to move to."))
        return found

    def states_gone(self, to: Definition) -> tuple[State, ...]:
        """The states that the other version does not have."""
        return tuple(each for key, each in self.definition.states.items() if key not in to.states)

    def rounds_gone(self, to: Definition) -> tuple[RoundSpec, ...]:
        """The rounds that the other version does not have."""
        return tuple(each for key, each in self.definition.rounds.items() if key not in to.rounds)


def migration_page(
    session: Session, engine: Engine, names: tuple[str, str], person: int, now: datetime
) -> MigrationPage:
    """What is asked before cases of a version are moved; `names` are the key and the mark of the version."""
    key, mark = names
    numbers = session.scalars(
        select(DefinitionVersion.id)
        .where(DefinitionVersion.key == key)
        .order_by(DefinitionVersion.id.desc())
    )
    found = [(number, engine.as_published(number, session)) for number in numbers]
    here = next((each for each in found if each[1].mark == mark), None)
    if here is None:
        raise NotFound(phrase("There is no such version of this lifecycle."))
    rows = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title, LifecycleCase.version, LifecycleCase.state)
        .where(
            LifecycleCase.definition_id == here[0],
            LifecycleCase.stage != END,
            LifecycleCase.footing == Footing.MANAGED.value,
            known_to(person, now.date()),
        )
        .order_by(LifecycleCase.ref)
    )
    cases = tuple(
        OpenCase(row.ref, row.title, row.version, here[1].states[row.state].label) for row in rows
    )
    return MigrationPage(*here, tuple(each for each in found if each != here), cases)
