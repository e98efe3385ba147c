"""A programme as one person may look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.engine import Engine
from workflow.engine.permissions import visibility
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.offices import offices
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class VisibleCase:
    """A case that a person may know of, with the offices under which that person looks at it."""

    id: int
    ref: str
    title: str
    state: str
    version: int
    entered_at: datetime
    definition: Definition
    person: int
    today: date
    offices: Mapping[OfficeKey, int]
    sight: CaseSight
    footing: Footing

    @property
    def state_label(self) -> str:
        """The state in the words of the definition."""
        return self.definition.states[self.state].label

    def kind(self, key: str) -> DocumentKind:
        """The kind of document called `key`; refuses one that this lifecycle does not know."""
        found = self.definition.documents.get(key)
        if found is None:
            raise NotFound(phrase("There is no such document in this lifecycle."))
        return found


def visible_case(session: Session, engine: Engine, person: int, ref: str) -> VisibleCase:
    """The case called `ref`; somebody who may not know of it is told that there is none."""
    now = engine.now()
    case = visibility.visible_case(session, ref, person, now)
    definition = engine.definition(case.definition_id)
    return VisibleCase(
        id=case.id,
        ref=case.ref,
        title=case.title,
        state=case.state,
        version=case.version,
        entered_at=case.entered_at,
        definition=definition,
        person=person,
        today=now.date(),
        offices=offices(session, person, now.date()),
        sight=CaseSight.of_row(session, definition, case, person, now),
        footing=Footing(case.footing),
    )
