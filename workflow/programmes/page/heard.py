"""What was said of a programme before a decision on it: positions, advice, and what was concluded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflow.engine import round_state
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.round_state import RoundState
from workflow.lifecycles import next_steps
from workflow.lifecycles.clauses.remarks import reading
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import RuleKind


@dataclass(frozen=True, slots=True)
class HeardAnswer:
    """What one party said, in the words of the verdict; `stance` is for, against or neutral."""

    party: str
    role: str
    label: str
    stance: str
    reason: str
    person: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Hearing:
    """An earlier round in which others were heard: how it ended, and what each of them said.

    `kind` is that of its rule, or of the advice which it `concludes`.
    """

    key: str
    label: str
    turn: int
    kind: RuleKind
    concludes: bool
    outcome: str
    at: datetime | None
    asked: int
    answers: tuple[HeardAnswer, ...]

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """How many said what, in the order in which it was first said."""
        return tuple(Counter(each.label for each in self.answers).items())

    @property
    def reasons(self) -> tuple[HeardAnswer, ...]:
        """What was said with a reason: reservations, comments, objections."""
        return tuple(each for each in self.answers if each.reason)


HEARD = (RuleKind.POSITIONS, RuleKind.QUORUM_BY_CATEGORY)


def hearings(
    viewer: CaseViewer, before: datetime | None = None, apart: str = ""
) -> tuple[Hearing, ...]:
    """The last time that each such round was settled before an instant, as far as the person may read it.

    What is asked beside a decision counts whenever it was asked, with the answers so far; the round
    `apart` is the one that is read.
    """
    kinds = {key: kind for key, kind in _kinds(viewer.definition) if viewer.sight.answers(key)}
    last: dict[str, RoundState] = {}
    for round_ in round_state.of_case(viewer.session, viewer.case.id):
        if round_.key in kinds and _counts(viewer.definition, round_, before, apart):
            last[round_.key] = round_
    return tuple(
        _hearing(viewer.definition.rounds[key], round_, kinds[key]) for key, round_ in last.items()
    )


def _counts(
    definition: Definition, round_: RoundState, before: datetime | None, apart: str
) -> bool:
    if definition.rounds[round_.key].decides_nothing:
        return round_.key != apart
    return round_.status == "settled" and (before is None or round_.opened_at < before)


def _kinds(definition: Definition) -> Iterator[tuple[str, RuleKind]]:
    """The rounds that hear others, and those that advice opens so that somebody concludes it."""
    for key, spec in definition.rounds.items():
        if spec.rule.kind in HEARD or spec.decides_nothing or reading(spec):
            yield key, spec.rule.kind
        if spec.rule.kind is RuleKind.QUORUM_BY_CATEGORY:
            for outcome in spec.outcomes.values():
                for target in outcome.every():
                    yield from ((opened, spec.rule.kind) for opened in target.opens)


def _hearing(spec: RoundSpec, round_: RoundState, kind: RuleKind) -> Hearing:
    return Hearing(
        key=spec.key,
        label=spec.label,
        turn=round_.turn,
        kind=kind,
        concludes=spec.rule.kind is not kind,
        outcome=next_steps.said(spec, round_.outcome) if round_.outcome else "",
        at=round_.effective_at,
        asked=len(round_.seats),
        answers=tuple(_answers(spec, round_)),
    )


def _answers(spec: RoundSpec, round_: RoundState) -> Iterator[HeardAnswer]:
    for seat in round_.seats:
        verdict = spec.rule.verdicts.get(seat.verdict or "")
        if verdict is not None:
            yield HeardAnswer(
                seat.party_name, seat.role, verdict.label, verdict.stance.value,
                seat.reason, seat.person_name, seat.at,
            )  # fmt: skip
