"""Replaying an exported trace on its lifecycle, by the machine that moves real cases."""

from collections.abc import Mapping, Sequence

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.machine import BrokenLifecycle, next_state

JUDGED = ("signoff.given", "signoff.changed", "round.opened", "round.settled", "state.entered")


def fitness(definition: Definition, events: Sequence[Mapping[str, str]]) -> float:
    """The share of the judged events that the lifecycle allows where they stand."""
    judged = [event for event in events if event["type"] in JUDGED]
    state, owed, fitting = definition.initial, "", 0
    for event in judged:
        fits = _fits(definition, event, state, owed)
        fitting += fits
        if event["type"] == "round.settled":
            owed = _target(definition, state, event)
        if event["type"] == "state.entered":
            state, owed = event["to"], ""
    return 1.0 if not judged else (fitting - bool(owed)) / len(judged)


def _fits(definition: Definition, event: Mapping[str, str], state: str, owed: str) -> bool:
    spec = definition.rounds.get(event.get("round", ""))
    if spec is None:
        return False
    match event["type"]:
        case "round.opened":
            return state in spec.states and event["state"] == state and not owed
        case "round.settled":
            return bool(_known(definition, state, event))
        case "state.entered":
            return (event["from"], event["to"]) == (state, owed)
    return event["verdict"] in spec.rule.verdicts


def _known(definition: Definition, state: str, event: Mapping[str, str]) -> str:
    try:
        return next_state(definition, state, event["round"], event["outcome"])
    except BrokenLifecycle:
        return ""


def _target(definition: Definition, state: str, event: Mapping[str, str]) -> str:
    """The state that has to be entered next; none where the outcome only opens other rounds."""
    reached = _known(definition, state, event)
    spec = definition.rounds[event["round"]]
    moves = event["outcome"] in spec.outcomes and spec.outcomes[event["outcome"]].state is not None
    return reached if moves else ""
