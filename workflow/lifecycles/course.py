"""The whole course of a lifecycle: its states by stage, and every way from one to another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflow.lifecycles.definition import Definition, State
from workflow.lifecycles.next_steps import Way, ways
from workflow.lifecycles.parentage.waits import opening_states
from workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class Passage:
    """That one state is left for another, and the ways by which it is."""

    start: State
    end: State
    ways: tuple[Way, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """What the rounds that lead there are called, each once."""
        return tuple(dict.fromkeys(way.label for way in self.ways))


@dataclass(frozen=True, slots=True)
class Course:
    """The states of each stage in the order of the definition, and the passages between all states.

    Only what is managed here is in it: a record of what was begun elsewhere has no course before it
    is taken up. `children` are what the child cases are called that can open in a state.
    """

    stages: tuple[tuple[Stage, tuple[State, ...]], ...]
    passages: tuple[Passage, ...]
    children: Mapping[str, tuple[str, ...]]

    @property
    def ends(self) -> tuple[tuple[State, tuple[Passage, ...]], ...]:
        """Every end with the passages that lead to it."""
        finals = (state for _, states in self.stages for state in states if state.final)
        return tuple(
            (end, tuple(each for each in self.passages if each.end == end)) for end in finals
        )

    @property
    def onward(self) -> tuple[Passage, ...]:
        """The passages between states that are no ends."""
        return tuple(each for each in self.passages if not each.end.final)


def course(definition: Definition) -> Course:
    """The course of a lifecycle; a stage without states is left out."""
    states = definition.states.values()
    laid = ((stage, tuple(each for each in states if each.stage is stage)) for stage in Stage)
    return Course(
        stages=tuple((stage, inside) for stage, inside in laid if inside),
        passages=tuple(_passages(definition)),
        children={key: tuple(labels) for key, labels in _children(definition).items()},
    )


def by_round(definition: Definition) -> dict[tuple[str, str], tuple[Way, ...]]:
    """Every way on, by the state and the round in which it is taken."""
    found: dict[tuple[str, str], list[Way]] = {}
    for state in definition.states:
        for way in ways(definition, state):
            found.setdefault((state, way.round_key), []).append(way)
    return {place: tuple(each) for place, each in found.items()}


def _children(definition: Definition) -> dict[str, list[str]]:
    """The child cases by the states in which they can open, in the order of the states."""
    found: dict[str, list[str]] = {}
    for kind in definition.children.values():
        for key in opening_states(definition, kind):
            found.setdefault(key, []).append(kind.label)
    return {key: found[key] for key in definition.states if key in found}


def _passages(definition: Definition) -> Iterator[Passage]:
    for state in definition.states.values():
        leading: dict[str, list[Way]] = {}
        for way in ways(definition, state.key):
            if way.to is not None and way.to.key != state.key:
                leading.setdefault(way.to.key, []).append(way)
        for key, found in leading.items():
            yield Passage(state, definition.states[key], tuple(found))
