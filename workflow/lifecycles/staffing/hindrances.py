"""Why something cannot be had: the rounds of which the people of a house can do some, and not all."""

from collections import deque
from collections.abc import Mapping, Sequence

from workflow.lifecycles.reachability import CasePosition, Step
from workflow.lifecycles.staffing.answering import Act
from workflow.lifecycles.staffing.effort import BeyondEffort, Effort
from workflow.lifecycles.staffing.field import Field
from workflow.lifecycles.staffing.load import Load, borne

# What one look at some of the rounds may take.
LOOKS = 50_000


def hindering(
    field: Field,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    key: str,
    *,
    of_round: bool = False,
) -> tuple[str, ...]:
    """The fewest rounds of the shortest way to an end, or to a round, that no people can do together."""
    way = _shortest(field, steps, key, of_round=of_round)
    if way is None:
        return ()
    left = list(way)
    for step in way:
        fewer = [each for each in left if each is not step]
        if not _can(field, fewer):
            left = fewer
    return () if _can(field, left) else tuple(dict.fromkeys(step.round for step in left))


def _shortest(
    field: Field, steps: Mapping[CasePosition, tuple[Step, ...]], key: str, *, of_round: bool
) -> tuple[Step, ...] | None:
    start = next(at for at in steps if at.state == field.definition.initial)
    came: dict[CasePosition, tuple[Step, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for step in steps[here]:
            way = (*came[here], step)
            if key == step.round if of_round else key == step.end.state:
                return way
            if step.end not in came:
                came[step.end] = way
                waiting.append(step.end)
    return None


def _can(field: Field, way: Sequence[Step]) -> bool:
    """Whether people are left for these rounds in this order, whatever answers bring them about."""
    return _goes_on(field, list(way), Load(), frozenset())


def _goes_on(field: Field, way: list[Step], load: Load, written: frozenset[str]) -> bool:
    try:
        if borne(field, load, Effort(LOOKS)) is None:
            return False
    except BeyondEffort:
        return True
    if not way:
        return True
    step, *rest = way
    if step.round in field.house.closed:
        return False
    spec = field.definition.rounds[step.round]
    for verdict in field.ways_to(step.round, step.outcome).verdicts:
        needs = frozenset(spec.rule.verdicts[verdict].needs) if verdict else frozenset()
        after = load
        for kind in sorted(needs - written):
            after = after.writing(field, kind)
        after = after.doing(field, Act(step.round, step.outcome, verdict))
        if _goes_on(field, rest, after, written | needs):
            return True
    return False
