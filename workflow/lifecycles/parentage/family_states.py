"""In which states a case can have others under it: before them nobody looks for any."""

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.parentage.waits import opening_states
from workflow.lifecycles.reachability import states_ahead

# By the digest of a version, which never changes.
_KNOWN: dict[str, frozenset[str]] = {}


def states_with_children(definition: Definition) -> frozenset[str]:
    """The states in which child cases open or schedules run, and every one that a round leads to from there.

    A case that came here from another version may have some before.
    """
    if definition.digest not in _KNOWN:
        _KNOWN[definition.digest] = _found(definition)
    return _KNOWN[definition.digest]


def _found(definition: Definition) -> frozenset[str]:
    kinds = definition.children.values()
    begun = {state for kind in kinds for state in (*opening_states(definition, kind), *kind.states)}
    return frozenset().union(*(states_ahead(definition, state) for state in begun))
