"""The plan of a move that waits: which cases, how keys are taken over, and what becomes of each; kept whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from workflow.audit import canonical
from workflow.clock import read, written
from workflow.engine.migration.wish import MigratedCase, RoundOutlook
from workflow.lifecycles.difference.obstacles import KeyMapping

_LETTERS = 12


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """What one administrator asks for, and the second one reads.

    `before` is the digest of the version that the cases follow. Either all of them move `together`,
    or each for itself. `although_not_offered` says that the version to which they move need not be
    offered.
    """

    before: str
    mapping: KeyMapping
    together: bool
    although_not_offered: bool
    cases: tuple[MigratedCase, ...]

    @property
    def refs(self) -> tuple[str, ...]:
        """The cases that are to be moved."""
        return tuple(each.ref for each in self.cases)

    @property
    def body(self) -> bytes:
        """The plan in canonical bytes."""
        return canonical.write(
            {
                "before": self.before,
                "states": dict(self.mapping.states),
                "rounds": dict(self.mapping.rounds),
                "together": self.together,
                "although_not_offered": self.although_not_offered,
                "cases": [_case(each) for each in self.cases],
            }
        )


def plan_of(body: bytes) -> MigrationPlan:
    """The plan that `body` says."""
    said: Mapping[str, Any] = canonical.parse(body)
    return MigrationPlan(
        before=said["before"],
        mapping=KeyMapping(said["states"], said["rounds"]),
        together=said["together"],
        although_not_offered=said["although_not_offered"],
        cases=tuple(map(_case_of, said["cases"])),
    )


def outlook_mark(found: Sequence[MigratedCase]) -> str:
    """By what is known what becomes of the cases, of those that stay why; what only counts their acts is left out."""
    said = [
        {**_case(each), "version": 0, "reasons": [str(why) for why in each.reasons]}
        for each in sorted(found, key=lambda each: each.ref)
    ]
    return canonical.digest(canonical.write(said))[:_LETTERS]


def _case(case: MigratedCase) -> dict[str, Any]:
    return {
        "ref": case.ref,
        "version": case.version,
        "state": str(case.state),
        "was": str(case.was),
        "rounds": [_round(each) for each in case.rounds],
        "opens": [str(each) for each in case.opens],
        "settles": [[str(label), str(outcome)] for label, outcome in case.settles],
        **({"leaves": list(case.leaves)} if case.leaves else {}),
    }


def _case_of(said: Mapping[str, Any]) -> MigratedCase:
    return MigratedCase(
        ref=said["ref"],
        version=said["version"],
        state=said["state"],
        was=said["was"],
        rounds=tuple(map(_round_of, said["rounds"])),
        opens=tuple(said["opens"]),
        settles=tuple((label, outcome) for label, outcome in said["settles"]),
        leaves=tuple(said.get("leaves", ())),
    )


def _round(each: RoundOutlook) -> dict[str, Any]:
    said = {field.name: getattr(each, field.name) for field in fields(each)}
    return {
        **said,
        "label": str(each.label),
        "due_at": each.due_at and written(each.due_at),
        "gone": list(each.gone),
    }


def _round_of(said: Mapping[str, Any]) -> RoundOutlook:
    due_at, gone = said["due_at"], tuple(said["gone"])
    return RoundOutlook(**{**said, "due_at": due_at and read(due_at), "gone": gone})
