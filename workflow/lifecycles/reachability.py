"""Every way a case of a definition can go, found by walking all of them."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition, Opens, RoundSpec, Target
from workflow.phrase import Phrase, phrase, verbatim
from workflow.vocabulary import Footing

# Rounds that are open beside each other multiply the ways: what has more is not walked to its end.
MOST_POSITIONS, MOST_STEPS = 2_000, 50_000


class TooManyWays(Invalid):
    """A lifecycle leads to so many positions that nobody could look at each of them."""


@dataclass(frozen=True, slots=True)
class CasePosition:
    """Where a case can stand: a state, which rounds are open in it without an initiative, and its footing."""

    state: str
    asked: frozenset[str]
    footing: Footing = Footing.MANAGED


@dataclass(frozen=True, slots=True)
class Step:
    """A round settles into an outcome, and by one of the ways that this leads the case stands elsewhere."""

    start: CasePosition
    round: str
    outcome: str
    end: CasePosition
    target: Target


@dataclass(frozen=True, slots=True)
class Walk:
    """All standings that a case can come to, with the step that first led to each."""

    came_by: Mapping[CasePosition, Step | None]
    steps: tuple[Step, ...]

    def states(self) -> frozenset[str]:
        """Every state that a case can come to."""
        return frozenset(standing.state for standing in self.came_by)

    def after(self, states: Iterable[str]) -> frozenset[str]:
        """These states, and every one that a case can come to from them."""
        found = set(states)
        while new := {s.end.state for s in self.steps if s.start.state in found} - found:
            found |= new
        return frozenset(found)

    def way_to(self, standing: CasePosition) -> Phrase:
        """A shortest way to `standing`, as what settles on it."""
        way: list[str] = []
        step = self.came_by[standing]
        while step is not None:
            way.append(f"{step.round}.{step.outcome}")
            step = self.came_by[step.start]
        return verbatim(" → ".join(reversed(way))) if way else phrase("at the very beginning")

    def before(self, goals: frozenset[CasePosition]) -> frozenset[CasePosition]:
        """Every standing from which a case can come to one of `goals`, and these themselves."""
        found, leading = set(goals), _starts_by_end(self.steps)
        waiting = deque(goals)
        while waiting:
            new = leading.get(waiting.popleft(), set()) - found
            found |= new
            waiting.extend(new)
        return frozenset(found)


def comes_by_itself(spec: RoundSpec) -> bool:
    """Whether it may come to be open wherever it is possible, though no other round opens it."""
    return spec.opens in (Opens.ON_INITIATIVE, Opens.AS_PARTIES_LEAVE)


def walk(definition: Definition, *, without: str = "") -> Walk:
    """All that can happen from the initial state, if the round `without` is never settled."""
    return _walk(definition, [_entering(definition, definition.initial)], without)


def walk_records(definition: Definition) -> Walk:
    """All that can happen to a record of what was begun elsewhere, wherever one may stand."""
    states = (key for key in definition.states if definition.rounds_in(key, Footing.RECORD))
    return _walk(definition, [CasePosition(key, frozenset(), Footing.RECORD) for key in states])


def _walk(definition: Definition, starts: list[CasePosition], without: str = "") -> Walk:
    came_by: dict[CasePosition, Step | None] = dict.fromkeys(starts)
    steps: list[Step] = []
    waiting = deque(starts)
    while waiting:
        for step in _steps(definition, waiting.popleft(), without):
            steps.append(step)
            if step.end not in came_by:
                came_by[step.end] = step
                waiting.append(step.end)
        if len(came_by) > MOST_POSITIONS or len(steps) > MOST_STEPS:
            raise TooManyWays(
                phrase(
                    "have cases stand in more than %(most)s ways, too many to look at each: have "
                    "fewer of them open at once, or one after the other",
                    most=MOST_POSITIONS,
                )
            )
    return Walk(came_by, tuple(steps))


def _entering(definition: Definition, state: str) -> CasePosition:
    asked = (spec for spec in definition.rounds_in(state) if spec.opens is Opens.ON_ENTRY)
    return CasePosition(state, frozenset(spec.key for spec in asked))


def _steps(definition: Definition, standing: CasePosition, without: str) -> Iterator[Step]:
    for spec in definition.rounds_in(standing.state, standing.footing):
        ready = comes_by_itself(spec) or spec.key in standing.asked
        if ready and spec.key != without and not spec.reopens & standing.asked:
            for outcome, leads in spec.outcomes.items():
                for target in leads.every():
                    end = _end(definition, standing, spec, target)
                    yield Step(standing, spec.key, outcome, end, target)


def _end(
    definition: Definition, standing: CasePosition, spec: RoundSpec, target: Target
) -> CasePosition:
    if target.state is not None or target.becomes is Footing.MANAGED:
        return _entering(definition, target.state or standing.state)
    if target.becomes:
        return CasePosition(standing.state, frozenset(), target.becomes)
    here = {other.key for other in definition.rounds_in(standing.state, standing.footing)}
    left = definition.opened_through(target.reopens) if target.reopens else frozenset[str]()
    opened = {*target.opens, target.reopens}
    asked = (standing.asked - {spec.key} - left) | (here & opened)
    return CasePosition(standing.state, asked, standing.footing)


def _starts_by_end(steps: tuple[Step, ...]) -> dict[CasePosition, set[CasePosition]]:
    leading: dict[CasePosition, set[CasePosition]] = {}
    for step in steps:
        leading.setdefault(step.end, set()).add(step.start)
    return leading


def states_ahead(definition: Definition, state: str) -> frozenset[str]:
    """The state in which a case stands, and every one that it may still come to from there."""
    found, waiting = {state}, [state]
    while waiting:
        here = waiting.pop()
        leads = {
            target.state
            for spec in definition.rounds.values()
            if here in spec.states
            for outcome in spec.outcomes.values()
            for target in outcome.every()
            if target.state is not None
        }
        waiting += leads - found
        found |= leads
    return frozenset(found)
