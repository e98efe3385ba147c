"""Whether a lifecycle fits the ones that its child cases follow, as far as these are known."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from workflow.errors import Fault
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.parentage import carried, dead_ends, sight
from workflow.phrase import phrase, verbatim


def faults(definition: Definition, known: Mapping[str, Definition]) -> tuple[Fault, ...]:
    """What keeps the child cases of `definition` from following the lifecycles that are `known` by key.

    One that is not known is a fault, and so is a ring of lifecycles that open each other.
    """
    every = {**known, definition.key: definition}
    return (
        *_of_kinds(definition, every),
        *_of_states(definition, every),
        *carried.faults(definition, every),
        *sight.faults(definition, every),
        *dead_ends.of_ends(definition, every),
    )


def named(definition: Definition) -> tuple[str, ...]:
    """The keys of the lifecycles that the child cases of one follow."""
    return tuple(dict.fromkeys(kind.lifecycle for kind in definition.children.values()))


def opened_first(given: Iterable[Definition]) -> tuple[Definition, ...]:
    """The same lifecycles, each after those among them that its child cases follow; else as they were given."""
    waiting = list(given)
    ordered: list[Definition] = []
    while waiting:
        keys = {each.key for each in waiting}
        # Of a ring, which has no first, the first that was given goes.
        free = next((each for each in waiting if keys.isdisjoint(named(each))), waiting[0])
        waiting.remove(free)
        ordered.append(free)
    return tuple(ordered)


def opened_by(key: str, known: Iterable[Definition]) -> tuple[tuple[Definition, ChildKind], ...]:
    """The lifecycles of which cases open child cases of this one, each with the kind."""
    return tuple(
        (each, kind) for each in known for kind in each.children.values() if kind.lifecycle == key
    )


def _of_kinds(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Fault]:
    for kind in definition.children.values():
        place = f"children.{kind.key}.lifecycle"
        child = known.get(kind.lifecycle)
        ring = _ring(definition.key, kind.lifecycle, known)
        if child is None:
            yield Fault(
                place,
                phrase(
                    "names '%(lifecycle)s', which is not known; publish it first, or check its file "
                    "together with this one",
                    lifecycle=kind.lifecycle,
                ),
            )
        elif ring:
            yield Fault(
                place,
                phrase(
                    "closes a ring of child cases, each of which opens the next for ever: %(ring)s",
                    ring=verbatim(" → ".join(ring)),
                ),
            )
        else:
            yield from _unfit(place, kind, child)


def _unfit(place: str, kind: ChildKind, child: Definition) -> Iterator[Fault]:
    """What the lifecycle of a child lacks: a proposer who can begin, and an end with its parent."""
    if not child.proposing() and child.facts not in child.documents:
        yield Fault(
            place,
            phrase(
                "names '%(lifecycle)s', in which '%(initial)s' asks nobody of the proposer, so that "
                "nobody could begin; have a round ask the proposer there, or name the document of "
                "the facts",
                lifecycle=child.key,
                initial=child.initial,
            ),
        )
    if kind.ends_with and not any(each.overtaken_by_parent for each in child.states.values()):
        yield Fault(
            place,
            phrase(
                "names '%(lifecycle)s', which has no end for what ends with its parent; say "
                "overtaken_by_parent = true of one",
                lifecycle=child.key,
            ),
        )


def _of_states(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Fault]:
    """What a round or a line of its checklist waits for a child to end in is an end of the child's lifecycle."""
    for spec in definition.rounds.values():
        for at, waits in enumerate(spec.waits_for):
            child = known.get(definition.children[waits.children].lifecycle)
            place = f"rounds.{spec.key}.waits_for[{at}]"
            yield from _no_ends(place, waits.ended_in, (child,) if child else ())
        for at, line in enumerate(spec.checklist):
            kinds = [definition.children[key] for key in line.of if key in definition.children]
            below = [known[kind.lifecycle] for kind in kinds if kind.lifecycle in known]
            yield from _no_ends(f"rounds.{spec.key}.checklist[{at}]", line.ended_in, below)


def _no_ends(
    place: str, ended_in: Sequence[str], children: Sequence[Definition]
) -> Iterator[Fault]:
    """Each of these states that is an end of none of these lifecycles, where they are known."""
    ends = [key for child in children for key, state in child.states.items() if state.final]
    for number, key in enumerate(ended_in if children else ()):
        if key not in ends:
            yield Fault(
                f"{place}.ended_in[{number}]",
                phrase(
                    "names '%(key)s', which is no end of '%(lifecycle)s'; its ends: %(ends)s",
                    key=key,
                    lifecycle=", ".join(child.key for child in children),
                    ends=", ".join(ends),
                ),
            )


def _ring(key: str, first: str, known: Mapping[str, Definition]) -> tuple[str, ...]:
    """A shortest way from a lifecycle over the one of its child back to itself; none where there is none."""
    came_by: dict[str, str] = {first: key}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        if here == key:
            way = [here]
            while len(way) == 1 or way[-1] != key:
                way.append(came_by[way[-1]])
            return tuple(reversed(way))
        for child in named(known[here]) if here in known else ():
            if child not in came_by:
                came_by[child] = here
                waiting.append(child)
    return ()
