"""The same assignment where people may also act for others: what bars the one bars the other as well."""

from collections.abc import Mapping, Sequence

from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.house import Doer
from workflow.lifecycles.staffing.separation import MOST


def assigned_with_mandates(
    able: Sequence[Sequence[Doer]], apart: Sequence[frozenset[int]], effort: SearchEffort
) -> tuple[Doer, ...] | None:
    """Who does each task, in their own office or under a mandate; None where there is no such assignment.

    Raises `BeyondEffort` where neither was found in time.
    """
    if len(able) > MOST:
        raise BeyondEffort
    done = _placed({at: tuple(each) for at, each in enumerate(able)}, apart, {}, effort)
    return None if done is None else tuple(done[at] for at in range(len(able)))


def _placed(
    left: Mapping[int, tuple[Doer, ...]],
    apart: Sequence[frozenset[int]],
    done: Mapping[int, Doer],
    effort: SearchEffort,
) -> Mapping[int, Doer] | None:
    if not left:
        return done
    effort.spend(len(left))
    task = min(left, key=lambda each: len(left[each]))
    rest = {at: able for at, able in left.items() if at != task}
    for acting in left[task]:
        effort.spend(sum(len(rest[other]) for other in apart[task] if other in rest) or 1)
        after = {
            at: _others(able, acting) if at in apart[task] else able for at, able in rest.items()
        }
        if all(after.values()):
            found = _placed(after, apart, {**done, task: acting}, effort)
            if found is not None:
                return found
    return None


def _others(able: tuple[Doer, ...], acting: Doer) -> tuple[Doer, ...]:
    return tuple(each for each in able if not each.everybody & acting.everybody)
