"""Why something cannot be had: the rounds of which the people of a house can do some, and not all."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from workflow.lifecycles.reachability import CasePosition, Step
from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.load import NOTHING, PeopleLoad, borne
from workflow.lifecycles.staffing.outcomes import Act

# What one look at some of the rounds may take.
LOOKS = 50_000


def hindering(
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    key: str,
    *,
    of_round: bool = False,
) -> tuple[tuple[str, ...], ...]:
    """Rounds of the ways to an end, or to a round, that no people can do together; one where it is one alone.

    Those of the shortest way, then those of the shortest that goes around it, and so on.
    """
    found: list[tuple[str, ...]] = []
    while way := shortest(field, steps, (key, of_round), {each[0] for each in found}):
        fewest = _fewest(field, way)
        if not fewest or fewest in found:
            break
        found.append(fewest)
        if len(fewest) > 1:
            break
    return tuple(found)


def _fewest(field: TaskField, way: Sequence[Step]) -> tuple[str, ...]:
    """Those of a way that nobody can do together, the earliest that will do."""
    left = list(way)
    for step in reversed(way):
        fewer = [each for each in left if each is not step]
        if not _can(field, fewer):
            left = fewer
    return () if _can(field, left) else tuple(dict.fromkeys(step.round for step in left))


def shortest(
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    to: tuple[str, bool],
    around: Collection[str] = (),
) -> tuple[Step, ...] | None:
    """The shortest way to an end or through a round, whoever there is, `around` some rounds."""
    key, of_round = to
    start = next(at for at in steps if at.state == field.definition.initial)
    came: dict[CasePosition, tuple[Step, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for step in (each for each in steps[here] if each.round not in around):
            way = (*came[here], step)
            if key == step.round if of_round else key == step.end.state:
                return way
            if step.end not in came:
                came[step.end] = way
                waiting.append(step.end)
    return None


def _can(field: TaskField, way: Sequence[Step]) -> bool:
    """Whether people are left for these rounds in this order, whatever answers bring them about."""
    return _goes_on(field, list(way), NOTHING, frozenset())


def _goes_on(field: TaskField, way: list[Step], load: PeopleLoad, written: frozenset[str]) -> bool:
    try:
        if borne(field, load, SearchEffort(LOOKS)) is None:
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
