"""Why something cannot be had: the rounds of which the people of a house can do some, and not all."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence

from workflow.lifecycles.reachability import CasePosition, Step
from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.load import NOTHING, PeopleLoad, borne
from workflow.lifecycles.staffing.outcomes import Act


def hindering(
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    to: tuple[str, bool],
    effort: SearchEffort,
) -> tuple[tuple[str, ...], ...]:
    """Rounds of the ways to an end, or to a round, that no people can do together; one where it is one alone.

    Those of the shortest way, then those of the shortest that goes around it, and so on. `to` is the key of
    an end or a round, and whether it is a round. Nothing where that was not found out in time.
    """
    found: list[tuple[str, ...]] = []
    while way := shortest(field, steps, to, {each[0] for each in found}):
        try:
            fewest = _fewest(field, way, effort)
        except BeyondEffort:
            break
        if not fewest or fewest in found:
            break
        found.append(fewest)
        if len(fewest) > 1:
            break
    return tuple(found)


def _fewest(field: TaskField, way: Sequence[Step], effort: SearchEffort) -> tuple[str, ...]:
    """Those of a way that nobody can do together, the earliest that will do."""
    left = list(way)
    for step in reversed(way):
        fewer = [each for each in left if each is not step]
        if not _can(field, fewer, effort):
            left = fewer
    return () if _can(field, left, effort) else tuple(dict.fromkeys(step.round for step in left))


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


def _can(field: TaskField, way: Sequence[Step], effort: SearchEffort) -> bool:
    """Whether people are left for these rounds in this order, whatever answers bring them about."""
    return _goes_on(field, list(way), (NOTHING, frozenset()), effort)


def _goes_on(
    field: TaskField,
    way: list[Step],
    so_far: tuple[PeopleLoad, frozenset[str]],
    effort: SearchEffort,
) -> bool:
    load, written = so_far
    effort.spend(len(load.apart) // 10 + 20)
    if borne(field, load, effort) is None:
        return False
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
        if _goes_on(field, rest, (after, written | needs), effort):
            return True
    return False
