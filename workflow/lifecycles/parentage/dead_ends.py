"""Waits that may never be over, where no other round leads the case to an end."""

from collections.abc import Iterator, Mapping

from workflow.errors import Fault
from workflow.lifecycles.children.kinds import ChildOpens
from workflow.lifecycles.children.waits import HowMany, WaitsFor
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.reachability import walk
from workflow.phrase import phrase


def of_conditions(definition: Definition) -> Iterator[Fault]:
    """Waits for what opens on a condition alone: where it did not hold, it never comes."""
    for spec, at, waits in _all_waits(definition):
        kind = definition.children[waits.children]
        if waits.least and kind.opens is ChildOpens.ON_ENTRY and kind.when:
            for state in _stuck(definition, spec):
                problem = phrase(
                    "waits for ever in '%(state)s' where no '%(kind)s' has opened, since it opens on a "
                    "condition; wait for all of them, or leave another way to an end",
                    state=state,
                    kind=kind.key,
                )
                yield Fault(f"rounds.{spec.key}.waits_for[{at}]", problem)


def of_ends(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Fault]:
    """Waits for ends of a certain kind: a child that ended otherwise does not end again."""
    for spec, at, waits in _all_waits(definition):
        kind = definition.children[waits.children]
        child = known.get(kind.lifecycle)
        others = _other_ends(waits, child) if child else ()
        if others and (waits.until is HowMany.ALL or kind.opens is ChildOpens.ON_ENTRY):
            for state in _stuck(definition, spec):
                problem = phrase(
                    "waits for ever in '%(state)s' once a '%(kind)s' has ended as '%(other)s'; name "
                    "that in 'ended_in' too, or leave another way to an end",
                    state=state,
                    kind=kind.key,
                    other=others[0],
                )
                yield Fault(f"rounds.{spec.key}.waits_for[{at}].ended_in", problem)


def _all_waits(definition: Definition) -> Iterator[tuple[RoundSpec, int, WaitsFor]]:
    for spec in definition.rounds.values():
        for at, waits in enumerate(spec.waits_for):
            yield spec, at, waits


def _other_ends(waits: WaitsFor, child: Definition) -> tuple[str, ...]:
    """The ends of a child that are not waited for; none where every end will do."""
    ends = [state.key for state in child.states.values() if state.final]
    return tuple(key for key in ends if waits.ended_in and key not in waits.ended_in)


def _stuck(definition: Definition, spec: RoundSpec) -> tuple[str, ...]:
    """The states in which this round can be open and without it no end can be come to."""
    walked = walk(definition, without=spec.key)
    ends = frozenset(at for at in walked.came_by if definition.states[at.state].final)
    able = walked.before(ends)
    asked = (
        at.state
        for at in walked.came_by
        if at not in able
        and (
            spec.key in at.asked
            or (spec.opens is Opens.ON_INITIATIVE and spec.possible(at.state, at.footing))
        )
    )
    return tuple(dict.fromkeys(asked))
