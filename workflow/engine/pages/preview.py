"""What each verdict on a seat would do now, by the same rule that will read it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.engine.pages.viewer import Desk
from workflow.engine.round_state import Chair
from workflow.engine.rounds import decision
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, RoundSpec, Verdict
from workflow.lifecycles.rules import Answer, Place


@dataclass(frozen=True, slots=True)
class Onward:
    """Where an outcome leads: into a state, or on within this one to further rounds."""

    state: str = ""
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One verdict that a seat offers, and what giving it would do now.

    `outcome` is empty where the round would stay open; `missing` is what must be filed before,
    in documents that `needs` lists as (kind, label).
    """

    key: str
    label: str
    stance: str
    meaning: str
    consequence: str
    reason_required: bool
    outcome: str
    onward: Onward
    explanation: str
    would_change: tuple[str, ...]
    missing: tuple[str, ...]
    needs: tuple[tuple[str, str], ...]


def prospects(
    desk: Desk,
    spec: RoundSpec,
    chair: Chair,
    places: Sequence[Place],
    answers: Mapping[int, Answer],
) -> tuple[Choice, ...]:
    """Every verdict that this seat offers, each with what it would lead to."""
    return tuple(
        _choice(desk, spec, verdict, places, {**answers, chair.id: _answer(desk, chair, verdict)})
        for verdict in _offered(spec, chair)
    )


def onward(definition: Definition, spec: RoundSpec, outcome: str | None) -> Onward:
    """Where this outcome of the round leads, in words; nowhere while there is none."""
    target = spec.outcomes.get(outcome or "")
    if target is None:
        return Onward()
    return Onward(
        state=definition.states[target.state].label if target.state else "",
        rounds=tuple(definition.rounds[key].label for key in target.opens),
    )


def _offered(spec: RoundSpec, chair: Chair) -> Iterator[Verdict]:
    return (verdict for verdict in spec.rule.verdicts.values() if verdict.part is chair.part)


def _answer(desk: Desk, chair: Chair, verdict: Verdict) -> Answer:
    return Answer(chair.id, desk.person, verdict.key)


def _choice(
    desk: Desk,
    spec: RoundSpec,
    verdict: Verdict,
    places: Sequence[Place],
    answers: Mapping[int, Answer],
) -> Choice:
    reading = rules.read(spec.rule, places, answers)
    return Choice(
        key=verdict.key,
        label=verdict.label,
        stance=verdict.stance.value,
        meaning=verdict.meaning,
        consequence=verdict.consequence,
        reason_required=verdict.reason_required,
        outcome=reading.outcome or "",
        onward=onward(desk.definition, spec, reading.outcome),
        explanation=reading.explanation,
        would_change=reading.would_change,
        missing=decision.missing_for(desk.session, desk.case.id, desk.definition, verdict),
        needs=tuple((key, desk.definition.documents[key].label) for key in verdict.needs),
    )
