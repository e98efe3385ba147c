"""When a document is sure to be filed, found by walking every way that a case can go."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.reachability import CasePosition, Step, comes_by_itself, walk, walk_records
from workflow.lifecycles.rule import Stance
from workflow.lifecycles.seat import Part

# What a rule computes where those who are for it prevailed: then at least one of them answered.
PREVAILED = ("complete", "reached", "passed", "carried")


@dataclass(frozen=True, slots=True)
class Unfiled:
    """Where a document may not be filed, or not be whole.

    As a round settles so, as one opens, as a case enters a state, and while it stands in one.
    """

    settling: frozenset[tuple[str, str]]
    opening: frozenset[str]
    entering: frozenset[str]
    standing: frozenset[str]


def unfiled(definition: Definition, document: str) -> Unfiled:
    """Where a document may be missing.

    It is whole once a round was answered that needs it, until the case stands where it is written again.
    """
    written_in = definition.documents[document].written_in
    settling, opening = set[tuple[str, str]](), set[str]()
    entering, standing = {definition.initial}, set[str]()
    leading = _by_start(definition)
    waiting = deque((start, True) for start in _starts(definition))
    seen = set(waiting)
    while waiting:
        here, lacks = waiting.popleft()
        if lacks:
            opening |= _on_initiative(definition, here)
            standing.add(here.state)
        for step in leading.get(here, ()):
            lacking = lacks and not _ensures(definition.rounds[step.round], step.outcome, document)
            if lacking:
                settling.add((step.round, step.outcome))
                opening |= _opened(step)
                entering |= {step.end.state} if step.target.enters else set()
            there = step.end, lacking or step.end.state in written_in
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return Unfiled(
        frozenset(settling),
        frozenset(opening | _first(definition)),
        frozenset(entering),
        frozenset(standing),
    )


def _starts(definition: Definition) -> Iterator[CasePosition]:
    for walked in (walk(definition), walk_records(definition)):
        yield from (at for at, step in walked.came_by.items() if step is None)


def _by_start(definition: Definition) -> dict[CasePosition, list[Step]]:
    found: dict[CasePosition, list[Step]] = {}
    for walked in (walk(definition), walk_records(definition)):
        for step in walked.steps:
            found.setdefault(step.start, []).append(step)
    return found


def _ensures(spec: RoundSpec, outcome: str, document: str) -> bool:
    """Whether a round comes to this outcome only by somebody for whose answer the document was whole."""
    deciding = [each for each in spec.rule.verdicts.values() if each.part is Part.DECIDES]
    leading = [each for each in deciding if each.outcome == outcome]
    if not leading and outcome in PREVAILED:
        leading = [each for each in deciding if each.stance is Stance.FOR]
    return bool(leading) and all(document in each.needs for each in leading)


def _on_initiative(definition: Definition, here: CasePosition) -> set[str]:
    rounds = definition.rounds_in(here.state, here.footing)
    return {each.key for each in rounds if comes_by_itself(each)}


def _opened(step: Step) -> set[str]:
    """The rounds that open by a step: those that its outcome names, or those of the state entered."""
    if step.target.enters:
        return set(step.end.asked)
    return {*step.target.opens, *filter(None, [step.target.reopens])}


def _first(definition: Definition) -> set[str]:
    rounds = definition.rounds_in(definition.initial)
    return {each.key for each in rounds if each.opens is Opens.ON_ENTRY}
