"""The state machine of a definition, compiled once, and what a move does to rounds; the only importer of `transitions`."""

from dataclasses import dataclass
from enum import StrEnum

from transitions import Machine, MachineError

from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.vocabulary import Footing

MOST_KEPT = 256


class BrokenLifecycle(Exception):
    """A move was asked for that the definition does not hold: a bug, not a refusal."""


@dataclass(slots=True)
class Cursor:
    """What the machine moves: a state and nothing else, registered nowhere."""

    state: str


def next_state(
    definition: Definition, state: str, round_key: str, outcome: str, way: int = 0
) -> str:
    """The state that a case in `state` is in once `round_key` has settled into `outcome`.

    `way` counts the branches of the outcome from 1; 0 is where it leads when none is taken.
    """
    cursor = Cursor(state)
    try:
        _compiled(definition).events[_trigger(round_key, outcome, way)].trigger(cursor)
    except (KeyError, ValueError, MachineError) as unknown:
        move = f"'{state}' by '{round_key}.{outcome}'"
        raise BrokenLifecycle(f"{definition.key} has no way out of {move}") from unknown
    return cursor.state


class Fate(StrEnum):
    """What becomes of a round that is open when the case moves on."""

    STOPS = "stops"
    GOES_ON = "goes on"
    OVERTAKEN = "overtaken"


def fate(
    definition: Definition, spec: RoundSpec, before: str, after: str, *, waits_since: str = ""
) -> Fate:
    """What becomes of an open round of a case that moves from one state to another.

    `waits_since` is the state in which it was opened, where its clock stands still.
    """
    if definition.states[after].pauses and after not in spec.states:
        return Fate.STOPS
    if definition.states[before].pauses and waits_since == after:
        return Fate.GOES_ON
    return Fate.OVERTAKEN


def opened_on_entry(
    definition: Definition, state: str, footing: Footing, before: str, *, goes_on: bool = False
) -> tuple[RoundSpec, ...]:
    """The rounds that open as a case enters a state, coming from the one `before`.

    Where the case `goes_on` as it was before a pause, only what the pause overtook opens anew.
    """
    return tuple(
        spec
        for spec in definition.rounds_in(state, footing)
        if spec.opens is Opens.ON_ENTRY and (not goes_on or before in spec.states)
    )


_machines: dict[str, Machine] = {}


def _compiled(definition: Definition) -> Machine:
    """The machine of `definition`, made at its first use and kept under its digest.

    Two threads may both make it; the second one replaces an equal machine.
    """
    machine = _machines.get(definition.digest)
    if machine is None:
        machine = _compile(definition)
        if len(_machines) >= MOST_KEPT:
            _machines.clear()
        _machines[definition.digest] = machine
    return machine


def _compile(definition: Definition) -> Machine:
    """A flat machine without a model, and without any transition that nobody wrote down."""
    machine = Machine(
        model=None,
        states=list(definition.states),
        initial=definition.initial,
        auto_transitions=False,
        send_event=True,
        queued=False,
        ignore_invalid_triggers=False,
    )
    for spec in definition.rounds.values():
        _add(machine, definition, spec)
    return machine


def _add(machine: Machine, definition: Definition, spec: RoundSpec) -> None:
    """Each outcome as a trigger; `transitions` itself would accept any name as a destination."""
    for outcome, target in spec.outcomes.items():
        for way, to in enumerate(target.every()):
            named = {*spec.states, *([] if to.state is None else [to.state])}
            if not named <= definition.states.keys():
                raise BrokenLifecycle(
                    f"{definition.key}: '{spec.key}' names a state that is not there"
                )
            machine.add_transition(_trigger(spec.key, outcome, way), list(spec.states), to.state)


def _trigger(round_key: str, outcome: str, way: int) -> str:
    """What the machine calls an outcome; no name holds a dot, so none is called as a branch of another."""
    return f"{round_key}.{outcome}.{way}" if way else f"{round_key}.{outcome}"
