"""Rounds that wait for child cases that nothing can have opened by then, each with what keeps it."""

from collections.abc import Iterator

from workflow.errors import Fault
from workflow.lifecycles.children.kinds import ChildKind, ChildOpens
from workflow.lifecycles.children.waits import is_over
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.reachability import Walk
from workflow.phrase import phrase


def faults(definition: Definition, walked: Walk) -> Iterator[Fault]:
    """Every wait that is for nothing, or for what never comes."""
    for spec in definition.rounds.values():
        for at, waits in enumerate(spec.waits_for):
            kind = definition.children[waits.children]
            before = walked.after(opening_states(definition, kind, without=spec))
            for state in spec.states:
                if state in before:
                    continue
                words = (
                    phrase(
                        "waits for nothing in '%(state)s': no '%(kind)s' can be open by then",
                        kind=kind.key,
                        state=state,
                    )
                    if is_over(waits, ())
                    else phrase(
                        "waits for ever in '%(state)s': no '%(kind)s' can have opened by then",
                        kind=kind.key,
                        state=state,
                    )
                )
                yield Fault(f"rounds.{spec.key}.waits_for[{at}]", words)


def opening_states(
    definition: Definition, kind: ChildKind, *, without: RoundSpec | None = None
) -> frozenset[str]:
    """The states in which a child case of this kind can open, by a round other than `without`."""
    if kind.opens is not ChildOpens.BY_OUTCOME:
        return frozenset(kind.states)
    return frozenset(
        state
        for spec in definition.rounds.values()
        if spec is not without
        for target in spec.outcomes.values()
        if any(kind.key in to.children for to in target.every())
        for state in spec.states
    )
