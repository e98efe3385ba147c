"""The ways forward from a state, read from the definition alone: who decides, and where it leads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workflow.lifecycles.definition import Definition, Opens, RoundSpec, State, Target
from workflow.lifecycles.machine import next_state
from workflow.vocabulary import SYSTEM, Footing

MOST_BEFORE = 2
# What a rule computes out of many answers, in words; other outcomes have a verdict that says them.
COMPUTED = {
    "complete": "Everybody is for it",
    "reached": "Enough are for it",
    "not_reached": "Too few are for it",
    "passed": "Passed",
    "failed": "Not passed",
    "advised": "Everybody is heard",
    "carried": "Carried",
    "not_carried": "Not carried",
    "adopted": "Adopted, as no objection stood at the end",
    "broken": "The silence was broken",
    "superseded": "Superseded by a changed text",
}

# The same of a question, to which whoever is asked can but give an answer.
ANSWERED = {"reached": "Answered", "not_reached": "Not answered"}


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome of one round that stands in a state, and the state it leads to.

    `to` is None where the case stays and `then` names the rounds that open next. `of_time` says
    that the timer takes this way, `initiative` that somebody entitled has to want it; `becomes` is the
    footing that what was begun elsewhere stands on then. `when` are the conditions under which it is
    taken, in words; `otherwise` says that it is where no other of its outcome is. `children` are what
    the child cases are called that open.
    """

    round_key: str
    label: str
    outcome: str
    said: str
    to: State | None
    then: tuple[str, ...]
    rule: str
    of_time: bool
    initiative: bool
    becomes: Footing | None = None
    when: tuple[str, ...] = ()
    otherwise: bool = False
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prospect:
    """Where a case comes from, stands and may go.

    `onward` is the usual way, the next state first; `aside` are other states that can come next,
    `ends` those of them that end the case.
    """

    before: tuple[State, ...]
    here: State
    onward: tuple[State, ...]
    aside: tuple[State, ...]
    ends: tuple[State, ...]
    ways: tuple[Way, ...]

    @property
    def rounds(self) -> tuple[tuple[Way, ...], ...]:
        """The ways by the round they belong to; those that somebody has to want come last."""
        keys = dict.fromkeys(way.round_key for way in self.ways)
        grouped = (tuple(way for way in self.ways if way.round_key == key) for key in keys)
        return tuple(sorted(grouped, key=lambda ways: ways[0].initiative))


def prospect(
    definition: Definition,
    state: str,
    passed: Sequence[str] = (),
    footing: Footing = Footing.MANAGED,
) -> Prospect:
    """What lies around `state`, for a case that stood in the states `passed`, the oldest first.

    What is on record from elsewhere has no usual way before it is managed here.
    """
    found = ways(definition, state, footing)
    onward = _onward(definition, state) if footing is Footing.MANAGED else ()
    usual = {state, *(each.key for each in onward[:1])}
    others = {way.to.key: way.to for way in found if way.to and way.to.key not in usual}
    return Prospect(
        before=_before(definition, state, passed),
        here=definition.states[state],
        onward=onward,
        aside=tuple(each for each in others.values() if not each.final),
        ends=tuple(each for each in others.values() if each.final),
        ways=found,
    )


def ways(definition: Definition, state: str, footing: Footing = Footing.MANAGED) -> tuple[Way, ...]:
    """Every way on from a state on this footing, in the order of the definition."""
    rounds = definition.rounds_in(state, footing)
    return tuple(way for spec in rounds for way in _of_round(definition, spec, state))


def said(spec: RoundSpec, outcome: str) -> str:
    """An outcome in the words of the verdict that leads to it, or of what the rule computes."""
    verdicts = (each for each in spec.rule.verdicts.values() if each.outcome == outcome)
    verdict = next(verdicts, None)
    if verdict:
        return verdict.label
    computed = COMPUTED | ANSWERED if spec.rule.only_hears else COMPUTED
    return computed.get(outcome, outcome.replace("_", " "))


def _of_round(definition: Definition, spec: RoundSpec, state: str) -> Iterator[Way]:
    for outcome, leads in spec.outcomes.items():
        for way, branch in enumerate(leads.branches, 1):
            found = _way(definition, spec, state, Taken(outcome, way, branch.to))
            yield replace(found, when=branch.words)
        found = _way(definition, spec, state, Taken(outcome, 0, leads))
        yield replace(found, otherwise=bool(leads.branches))


class Taken(NamedTuple):
    """One way of an outcome: by which number the machine knows it, and where it leads."""

    outcome: str
    way: int
    target: Target


def _way(definition: Definition, spec: RoundSpec, state: str, taken: Taken) -> Way:
    target, outcome = taken.target, taken.outcome
    to = next_state(definition, state, spec.key, outcome, taken.way) if target.enters else None
    return Way(
        round_key=spec.key,
        label=spec.label,
        outcome=outcome,
        said=said(spec, outcome),
        to=None if to is None else definition.states[to],
        then=tuple(definition.rounds[key].label for key in (*target.opens, target.reopens) if key),
        rule=spec.rule.words,
        of_time=is_timer(spec),
        initiative=spec.opens is Opens.ON_INITIATIVE,
        becomes=target.becomes,
        children=tuple(definition.children[key].label for key in target.children),
    )


def is_timer(spec: RoundSpec) -> bool:
    """Whether only the engine itself answers this round."""
    return all(seat.role == SYSTEM for seat in spec.rule.seats)


def _onward(definition: Definition, state: str) -> tuple[State, ...]:
    """The next state if all goes well, and the one after it."""
    first = _next(definition, state)
    second = _next(definition, first) if first else None
    return tuple(definition.states[key] for key in (first, second) if key and key != state)


def _next(definition: Definition, state: str) -> str | None:
    """The first outcome of the first round that people are asked on entry, or may open."""
    rounds = [spec for spec in definition.rounds_in(state) if not is_timer(spec)]
    asked = [spec for spec in rounds if spec.opens is Opens.ON_ENTRY]
    started = [spec for spec in rounds if spec.opens is Opens.ON_INITIATIVE]
    return _leads_to(definition, asked or started, frozenset())


def _leads_to(
    definition: Definition, rounds: Sequence[RoundSpec], seen: frozenset[str]
) -> str | None:
    """Where the first outcome of the first of `rounds` leads, by way of the rounds it opens."""
    for spec in rounds:
        target = next(iter(spec.outcomes.values()))
        if target.state is not None:
            return target.state
        opened = [definition.rounds[key] for key in target.opens if key not in seen]
        found = _leads_to(definition, opened, seen | {spec.key})
        if found is not None:
            return found
    return None


def _before(definition: Definition, state: str, passed: Sequence[str]) -> tuple[State, ...]:
    """The last states before this one, each once, whatever was passed twice."""
    seen = dict.fromkeys(key for key in reversed(passed) if key != state)
    return tuple(definition.states[key] for key in reversed(list(seen)[:MOST_BEFORE]))
