"""A condition that a lifecycle sets on a case: where a way goes, or who is asked, depends on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.lifecycles.checks.check import CheckKind, FormCheck, ValuePlace

# What these say of a place where nothing is written is that nothing is there.
OF_PRESENCE = (CheckKind.GIVEN, CheckKind.FILED)


@dataclass(frozen=True, slots=True)
class CaseCondition:
    """One relation between values of documents, of the case and of the answers at hand, and what it says.

    Where what it looks at is not known it does not hold.
    """

    words: str
    relation: FormCheck

    def needs(self) -> Iterator[ValuePlace]:
        """The places where something has to be written for it to say anything."""
        if self.relation.kind not in OF_PRESENCE:
            yield from (*self.relation.of, *self.relation.to)


Conditions = tuple[CaseCondition, ...]
