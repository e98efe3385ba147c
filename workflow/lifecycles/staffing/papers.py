"""What can be written in which state, and whether a writer is always left for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.lifecycles.staffing.duties import WRITES, Task
from workflow.lifecycles.staffing.field import TaskField


@dataclass(frozen=True, slots=True)
class Papers:
    """By state the documents that can be written there: `easily`, or `hardly` by people missed elsewhere.

    Some are needed `later`, in a state in which they can be written no longer: each with the rounds that need it there.
    """

    easily: Mapping[str, frozenset[str]]
    hardly: Mapping[str, frozenset[str]]
    later: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, field: TaskField) -> "Papers":
        """The papers of a lifecycle, as a house can write them."""
        definition = field.definition
        written = {
            state: frozenset(k.key for k in definition.documents.values() if state in k.written_in)
            for state in definition.states
        }
        easy = {
            kind
            for kind in definition.documents
            if field.number[Task(WRITES, kind)] in field.certain
        }
        later: dict[str, frozenset[str]] = {}
        for spec in definition.rounds.values():
            for kind in {kind for said in spec.rule.verdicts.values() for kind in said.needs}:
                if not {*spec.states} <= {*definition.documents[kind].written_in}:
                    later[kind] = later.get(kind, frozenset()) | {spec.key}
        return cls(
            {state: kinds & easy for state, kinds in written.items()},
            {state: kinds - easy for state, kinds in written.items()},
            later,
        )

    def needed_after(self, answered: frozenset[str]) -> frozenset[str]:
        """The papers of `later` that a round needs which is none of those `answered`: no round is answered twice."""
        return frozenset(kind for kind, by in self.later.items() if not by <= answered)
