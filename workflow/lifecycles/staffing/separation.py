"""Finding a person for each of some tasks, of which some must not be done by the same one.

The problem of satisfiability of workflows with constraints that ask who a person is of nobody (Cohen,
Crampton, Gagarin, Gutin and Jones, 2014): tasks are put together into blocks that one person can do, and
blocks are matched with people. What it takes grows with the tasks and hardly with the people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.matches import matched

# Tasks that bear on each other; more of them are never looked through in time.
MOST = 300


def assigned(
    able: Sequence[int], apart: Sequence[int], effort: SearchEffort
) -> tuple[int, ...] | None:
    """A person for each task, or None where there is no such assignment.

    `able` holds the people who can do a task, `apart` the tasks that must be somebody else's, both as
    sets of bits. Raises `BeyondEffort` where neither was found in time.
    """
    found = [0] * len(able)
    for part in _parts(apart, effort):
        done = _of_part([able[task] for task in part], _within(part, apart), effort)
        if done is None:
            return None
        for task, person in zip(part, done, strict=True):
            found[task] = person
    return tuple(found)


def _of_part(
    able: Sequence[int], apart: Sequence[int], effort: SearchEffort
) -> tuple[int, ...] | None:
    """The same for tasks that bear on each other.

    Where everybody can do something else, nothing has to be searched for; nor where even those tasks
    that must all be done by different people are too many.
    """
    everybody_else = matched(able, effort)
    if everybody_else is not None:
        return everybody_else
    if matched([able[task] for task in _all_apart(able, apart)], effort) is None:
        return None
    return _Search(able, apart, effort).solve()


def _all_apart(able: Sequence[int], apart: Sequence[int]) -> list[int]:
    """Tasks of which each must be done by somebody else than every other one, as many as come by."""
    order = sorted(range(len(able)), key=lambda at: (-apart[at].bit_count(), able[at].bit_count()))
    found: list[int] = []
    for task in order:
        if all(apart[task] >> other & 1 for other in found):
            found.append(task)
    return found


def bits(of: int) -> Iterator[int]:
    """The numbers in a set of bits, from the least on."""
    while of:
        least = of & -of
        yield least.bit_length() - 1
        of ^= least


def _parts(apart: Sequence[int], effort: SearchEffort) -> Iterator[list[int]]:
    """Tasks that bear on each other, and on no other ones."""
    left = (1 << len(apart)) - 1
    while left:
        part, waiting = 0, left & -left
        while waiting:
            task = waiting & -waiting
            part |= task
            waiting = (waiting | apart[task.bit_length() - 1]) & ~part
            effort.spend()
        left &= ~part
        yield list(bits(part))


def _within(part: Sequence[int], apart: Sequence[int]) -> list[int]:
    return [
        sum(1 << at for at, other in enumerate(part) if apart[task] >> other & 1) for task in part
    ]


class _Block(NamedTuple):
    """Tasks that one person does, who can do all of them, and whom they are matched with."""

    tasks: int
    people: int
    person: int = -1


Blocks: TypeAlias = tuple[_Block, ...]


@dataclass(frozen=True, slots=True)
class _Search:
    """A search through the ways of putting tasks together, each way once."""

    able: Sequence[int]
    apart: Sequence[int]
    effort: SearchEffort

    def solve(self) -> tuple[int, ...] | None:
        """Whom each task is for, by its place."""
        if len(self.able) > MOST:
            raise BeyondEffort
        blocks = self._placed((1 << len(self.able)) - 1, ())
        if blocks is None:
            return None
        found = {task: block.person for block in blocks for task in bits(block.tasks)}
        return tuple(found[task] for task in range(len(self.able)))

    def _placed(self, left: int, blocks: Blocks) -> Blocks | None:
        """The blocks with all tasks that are left put into them and matched with people, if they can be."""
        if not left:
            return blocks
        task, options = self._most_bound(left, blocks)
        for at in options:
            put = self._put(task, at, blocks)
            done = self._placed(left & ~(1 << task), put) if put else None
            if done is not None:
                return done
        return None

    def _most_bound(self, left: int, blocks: Blocks) -> tuple[int, list[int]]:
        """The task with the fewest blocks for it, and these; behind the last stands a new one."""
        found: tuple[tuple[int, int], int, list[int]] | None = None
        for task in bits(left):
            self.effort.spend(len(blocks) + 1)
            options = [len(blocks)] if self.able[task] else []
            options += [at for at, block in enumerate(blocks) if self._fits(task, block)]
            rank = len(options), -self.apart[task].bit_count()
            if found is None or rank < found[0]:
                found = rank, task, options
        return (0, []) if found is None else found[1:]

    def _fits(self, task: int, block: _Block) -> bool:
        return not block.tasks & self.apart[task] and bool(block.people & self.able[task])

    def _put(self, task: int, at: int, blocks: Blocks) -> Blocks | None:
        """The blocks with a task in one of them, if they can still be matched with people."""
        if at == len(blocks):
            return self._matched(at, (*blocks, _Block(1 << task, self.able[task])))
        old = blocks[at]
        people = old.people & self.able[task]
        stays = old.person if people >> old.person & 1 else -1
        grown = _Block(old.tasks | 1 << task, people, stays)
        put = (*blocks[:at], grown, *blocks[at + 1 :])
        return put if stays >= 0 else self._matched(at, put)

    def _matched(self, at: int, blocks: Blocks) -> Blocks | None:
        """The blocks with a person for the one at this place, others moved where that is needed."""
        people = [block.person for block in blocks]
        if not self._moved(at, blocks, people, set()):
            return None
        return tuple(
            block._replace(person=person) for block, person in zip(blocks, people, strict=True)
        )

    def _moved(self, at: int, blocks: Blocks, people: list[int], tried: set[int]) -> bool:
        """Give a block a person; whoever they were matched with is given another one."""
        taken = {
            person: other for other, person in enumerate(people) if person >= 0 and other != at
        }
        able = blocks[at].people
        free = able & ~sum(1 << person for person in taken.keys() | tried)
        if free:
            people[at] = (free & -free).bit_length() - 1
            return True
        for person in bits(able):
            self.effort.spend()
            if person in tried:
                continue
            tried.add(person)
            if self._moved(taken[person], blocks, people, tried):
                people[at] = person
                return True
        return False
