"""Whether somebody can have the part in a case that its child cases are opened for, or that speaks for them."""

from collections.abc import Iterator

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.parentage.waits import opening_states
from workflow.lifecycles.reachability import walk
from workflow.phrase import phrase

# Parts that no document names: a round appoints to them.
APPOINTED = ("lead", "convenor")


def warnings(definition: Definition) -> Iterator[Fault]:
    """Parts that no round appoints to before: only a case whose parent has them can have them."""
    for kind in definition.children.values():
        opening = opening_states(definition, kind)
        for word, capacity in (("for_each", kind.for_each), ("speaks", kind.speaks)):
            if capacity in APPOINTED and not opening & _appointed(definition, capacity):
                yield Fault(
                    f"children.{kind.key}.{word}",
                    phrase(
                        "names '%(capacity)s', and no round before appoints to it: only a case that "
                        "has a parent with one can have it",
                        capacity=capacity,
                    ),
                )


def _appointed(definition: Definition, capacity: str) -> frozenset[str]:
    """The states that a case can stand in after a round appointed to a part."""
    states = {
        state
        for spec in definition.rounds.values()
        if any(each.capacity == capacity for each in spec.appoints)
        for state in spec.states
    }
    return walk(definition).after(states)
