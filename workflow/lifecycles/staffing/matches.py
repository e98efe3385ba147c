"""A person of its own for each of some tasks: found, or known to be impossible, at little cost."""

from collections.abc import Sequence

from workflow.lifecycles.staffing.effort import SearchEffort


def matched(able: Sequence[int], effort: SearchEffort) -> tuple[int, ...] | None:
    """Somebody else for every task, or None where there are too few people for that.

    `able` holds who can do each task as a set of bits. Raises `BeyondEffort` once too much was looked at.
    """
    holders: dict[int, int] = {}
    taken = 0
    for task in range(len(able)):
        effort.spend()
        free = able[task] & ~taken
        if free:
            person = (free & -free).bit_length() - 1
            holders[person] = task
            taken |= 1 << person
            continue
        ended = _moved(task, able, holders, effort)
        if ended is None:
            return None
        taken |= 1 << ended
    found = {task: person for person, task in holders.items()}
    return tuple(found[task] for task in range(len(able)))


def _moved(
    task: int, able: Sequence[int], holders: dict[int, int], effort: SearchEffort
) -> int | None:
    """Give a task one of its people, others moving on in turn; who was free at the end, or None."""
    came_by: dict[int, int] = {}
    seen, waiting = 0, [task]
    taken = sum(1 << person for person in holders)
    while waiting:
        here = waiting.pop()
        new = able[here] & ~seen
        seen |= new
        while new:
            effort.spend()
            least = new & -new
            new ^= least
            person = least.bit_length() - 1
            came_by[person] = here
            if not least & taken:
                _hand_on(person, task, came_by, holders)
                return person
            waiting.append(holders[person])
    return None


def _hand_on(person: int, task: int, came_by: dict[int, int], holders: dict[int, int]) -> None:
    """Let everybody along the way take over what the next one did."""
    while True:
        doing = came_by[person]
        before = next((who for who, what in holders.items() if what == doing), None)
        holders[person] = doing
        if doing == task or before is None:
            return
        person = before
