"""The names behind the keys that a folded story speaks in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.verification.expected import ExpectedRows
from workflow.lifecycles.definition import Definition
from workflow.people.models import Party, Person


class Labels:
    """The names behind the keys that a story speaks in."""

    def __init__(self, session: Session, definition: Definition, story: ExpectedRows) -> None:
        self.definition = definition
        things = story.things.values()
        people = {thing["person_id"] for thing in things if "person_id" in thing} - {None}
        keys = {thing["party"] for thing in things if "party" in thing}
        keys |= {key for thing in things for key in thing.get("parties", ())}
        named = select(Person.id, Person.name).where(Person.id.in_(people))
        self.people: Mapping[int, str] = {row.id: row.name for row in session.execute(named)}
        called = select(Party.key, Party.name).where(Party.key.in_(keys))
        self.parties: Mapping[str, str] = {row.key: row.name for row in session.execute(called)}

    def who(self, thing: Mapping[str, Any]) -> str:
        """The name of the person of a row; empty for the engine itself."""
        return self.people.get(thing.get("person_id") or 0, "")

    def kind(self, key: str) -> str:
        """What a kind of document is called."""
        known = self.definition.documents.get(key)
        return known.label if known else key

    def round(self, key: str) -> str:
        """What a round is called."""
        known = self.definition.rounds.get(key)
        return known.label if known else key

    def role(self, key: str) -> str:
        """What a role is called."""
        known = self.definition.roles.get(key)
        return known.label if known else key

    def verdict(self, round_key: str, key: str) -> str:
        """What an answer in a round is called."""
        spec = self.definition.rounds.get(round_key)
        known = spec.rule.verdicts.get(key) if spec else None
        return known.label if known else key
