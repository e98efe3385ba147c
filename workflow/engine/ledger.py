"""Everything one command writes about a case: events on its trail, rows beside them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workflow.audit import trail
from workflow.audit.envelope import Fact
from workflow.engine import cases
from workflow.engine.cases import Claimed
from workflow.engine.definition import Definition
from workflow.vocabulary import EventType


class Ledger:
    """Writes for one actor, at one instant, on one claimed case, inside one transaction."""

    def __init__(
        self,
        session: Session,
        case: Claimed,
        definition: Definition,
        actor: int | None,
        now: datetime,
    ) -> None:
        self.session = session
        self.case = case
        self.definition = definition
        self.actor = actor
        self.now = trail.present(session, case.head, now)

    def note(
        self,
        event: EventType,
        what: Mapping[str, Any],
        *,
        private: Mapping[str, str] | None = None,
        role: str = "",
        party: str = "",
        appointment: int | None = None,
        effective_at: datetime | None = None,
    ) -> trail.Written:
        """Append one event to the case's trail; free text goes into `private`."""
        fact = Fact(
            type=event,
            person=self.actor,
            at=self.now,
            what=what,
            role=role,
            party=party,
            appointment=appointment,
            effective_at=effective_at,
            private={key: value for key, value in (private or {}).items() if value},
        )
        return trail.append(self.session, self.case.head, fact)

    def of_nobody(self) -> "Ledger":
        """A ledger of the same case and instant for what the engine itself does."""
        return Ledger(self.session, self.case, self.definition, None, self.now)

    def next_version(self) -> int:
        """Count the case's version up by one; pages opened before are stale from now on."""
        self.case.version += 1
        return self.case.version

    def close(self) -> None:
        """Write the case row back; the last act of every command."""
        cases.write(self.session, self.case)
