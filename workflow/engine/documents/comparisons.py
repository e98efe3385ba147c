"""What two texts share, step by step: in bounded work, one long comparison at a time, and kept."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from workflow.engine.documents.alignment import Effort, Run, alike, effort

# Shorter ones are quicker made than found.
SHORT = 200
MOST_KEPT, LONGEST_KEPT = 128, 4000

Parts = Sequence[str] | Sequence[tuple[str, ...]]
Ends = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of both sequences that is the same, or what stands in one instead of the other."""

    same: bool
    earlier: slice
    later: slice


class Comparisons:
    """The steps of the last comparisons by the digests of both sides; of the texts it keeps nothing."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._steps: OrderedDict[tuple[bytes, bytes], tuple[Stretch, ...]] = OrderedDict()
        self._one = Lock()

    def __len__(self) -> int:
        return len(self._steps)

    def steps(self, before: Parts, after: Parts, coarser: Sequence[Ends]) -> tuple[Stretch, ...]:
        """The steps from one to the other; whoever asks for the same meanwhile waits for them."""
        pair = _digest(before), _digest(after)
        with self._one:
            if pair in self._steps:
                self._steps.move_to_end(pair)
                return self._steps[pair]
            made = compared(before, after, coarser)
            if len(made) <= LONGEST_KEPT:
                self._steps[pair] = made
            while len(self._steps) > self._most:
                self._steps.popitem(last=False)
        return made


KEPT = Comparisons()


def steps(before: Parts, after: Parts, coarser: Sequence[Ends] = ()) -> tuple[Stretch, ...]:
    """The steps that lead from one sequence to the other; space around parts does not count.

    What cannot be compared part by part within bounds is compared in larger units: `coarser` says,
    from the finer to the coarser, with which parts these end. What is left is exchanged whole.
    """
    if len(before) + len(after) <= SHORT:
        return compared(before, after, coarser)
    return KEPT.steps(before, after, coarser)


def compared(before: Parts, after: Parts, coarser: Sequence[Ends]) -> tuple[Stretch, ...]:
    """The same, worked out anew."""
    old, new = [_bare(part) for part in before], [_bare(part) for part in after]
    within = effort(len(old) + len(new))
    runs = alike(old, new, within)
    for ends in coarser:
        if not within.exceeded:
            break
        within = effort(len(old) + len(new))
        runs = sorted(
            [*runs, *_in_units((before, after), (old, new), ends, runs, within)],
            key=lambda run: run.before,
        )
    return tuple(_told(runs, len(old), len(new)))


def _in_units(
    raw: tuple[Parts, Parts],
    bare: tuple[Sequence[object], Sequence[object]],
    ends: Ends,
    runs: Sequence[Run],
    within: Effort,
) -> Iterator[Run]:
    """Whole units that are alike, where parts are not yet found to be."""
    for gap in _told(runs, len(bare[0]), len(bare[1])):
        if gap.same:
            continue
        old, new = _units(raw[0], gap.earlier, ends), _units(raw[1], gap.later, ends)
        words = [tuple(bare[0][unit]) for unit in old], [tuple(bare[1][unit]) for unit in new]
        for run in alike(words[0], words[1], within):
            for at in range(run.length):
                here, there = old[run.before + at], new[run.after + at]
                yield Run(here.start, there.start, here.stop - here.start)


def _units(parts: Parts, among: slice, ends: Ends) -> list[slice]:
    """The parts of a stretch in units, each up to the part with which it ends."""
    found, begun = [], among.start
    for at in range(among.start, among.stop):
        if ends(str(parts[at])) or at + 1 == among.stop:
            found.append(slice(begun, at + 1))
            begun = at + 1
    return found


def _told(runs: Sequence[Run], before: int, after: int) -> Iterator[Stretch]:
    """The runs as steps, with what stands between them."""
    i = j = 0
    for run in [*runs, Run(before, after, 0)]:
        if i < run.before or j < run.after:
            yield Stretch(same=False, earlier=slice(i, run.before), later=slice(j, run.after))
        i, j = run.before + run.length, run.after + run.length
        if run.length:
            yield Stretch(same=True, earlier=slice(run.before, i), later=slice(run.after, j))


def _bare(part: str | tuple[str, ...]) -> object:
    return part.strip() if isinstance(part, str) else part


def _digest(parts: Parts) -> bytes:
    return hashlib.sha256(repr(list(parts)).encode("utf-8", "replace")).digest()
