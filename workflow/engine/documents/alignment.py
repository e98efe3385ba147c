"""Two sequences laid side by side within a bound of work: where they run alike, in order."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Steps for a pair of texts whatever its length, for each of their parts, and at most.
BASE, EACH, MOST = 20_000, 40, 100_000

Parts = Sequence[object]


@dataclass(frozen=True, slots=True)
class Run:
    """So many parts that are alike, from one place in the first and one in the second sequence."""

    before: int
    after: int
    length: int


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of each sequence that is to be compared."""

    low: int
    high: int
    from_: int
    to: int

    @property
    def one_sided(self) -> bool:
        return self.low == self.high or self.from_ == self.to

    @property
    def size(self) -> int:
        return self.high - self.low + self.to - self.from_


class Effort:
    """The steps that a comparison may take; what would go beyond them is not begun."""

    def __init__(self, steps: int) -> None:
        self.left = steps
        self.exceeded = False

    def spend(self, steps: int) -> bool:
        """Take so many steps, if they are left; whether they were."""
        if steps > self.left:
            self.exceeded = True
            return False
        self.left -= steps
        return True


def effort(size: int) -> Effort:
    """What two sequences with so many parts together are worth."""
    return Effort(min(BASE + EACH * size, MOST) + 4 * size)


def alike(before: Parts, after: Parts, within: Effort) -> list[Run]:
    """The runs that both sequences share, in order; where the effort runs out, fewer of them.

    What occurs once in both is laid together first; between, the shortest edit is looked for.
    """
    found: list[Run] = []
    spans = [_Span(0, len(before), 0, len(after))]
    while spans:
        span = _trimmed(before, after, spans.pop(), found)
        if span.one_sided or not within.spend(span.size):
            continue
        pairs = _anchors(before, after, span)
        if pairs:
            spans += _between(span, pairs)
            found += [Run(i, j, 1) for i, j in pairs]
        else:
            found += _shortest(before, after, span, within)
    return _merged(sorted(found, key=lambda run: run.before))


def _trimmed(before: Parts, after: Parts, span: _Span, found: list[Run]) -> _Span:
    """What is left between the parts with which both begin and end alike."""
    shorter = min(span.high - span.low, span.to - span.from_)
    head = 0
    while head < shorter and before[span.low + head] == after[span.from_ + head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[span.high - 1 - tail] == after[span.to - 1 - tail]:
        tail += 1
    if head:
        found.append(Run(span.low, span.from_, head))
    if tail:
        found.append(Run(span.high - tail, span.to - tail, tail))
    return _Span(span.low + head, span.high - tail, span.from_ + head, span.to - tail)


def _anchors(before: Parts, after: Parts, span: _Span) -> list[tuple[int, int]]:
    """Places of what occurs once on both sides, the longest row of them that is in order."""
    once = _once(after, span.from_, span.to)
    mine = _once(before, span.low, span.high)
    return _rising([(i, once[part]) for part, i in mine.items() if part in once])


def _once(parts: Parts, low: int, high: int) -> dict[object, int]:
    """Where each part stands that occurs once between two places."""
    counted = Counter(parts[low:high])
    return {parts[at]: at for at in range(low, high) if counted[parts[at]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs, sorted by the first, in which the second rises as well."""
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        at[length : length + 1] = [number]
        previous.append(at[length - 1] if length else -1)
    chosen = []
    number = at[-1] if at else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = previous[number]
    return chosen[::-1]


def _between(span: _Span, pairs: list[tuple[int, int]]) -> Iterator[_Span]:
    """The stretches before, between and after anchors."""
    low, from_ = span.low, span.from_
    for i, j in [*pairs, (span.high, span.to)]:
        yield _Span(low, i, from_, j)
        low, from_ = i + 1, j + 1


def _shortest(before: Parts, after: Parts, span: _Span, within: Effort) -> list[Run]:
    """What the shortest edit between two stretches keeps (Myers, 1986), or nothing beyond effort.

    A part that the other side does not have at all is left out first.
    """
    here, there = set(before[span.low : span.high]), set(after[span.from_ : span.to])
    first = [i for i in range(span.low, span.high) if before[i] in there]
    second = [j for j in range(span.from_, span.to) if after[j] in here]
    old, new = [before[i] for i in first], [after[j] for j in second]
    trace = _furthest(old, new, within)
    return [Run(first[i], second[j], 1) for i, j in _walked_back(trace, len(old), len(new))]


def _furthest(old: Parts, new: Parts, within: Effort) -> list[dict[int, int]]:
    """How far each diagonal reaches with 0, 1, 2, … edits; nothing where the effort runs out."""
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(len(old) + len(new) + 1):
        if not within.spend(edits + 1):
            return []
        trace.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
            i = reach[k + 1] if down else reach[k - 1] + 1
            while i < len(old) and 0 <= i - k < len(new) and old[i] == new[i - k]:
                i += 1
            reach[k] = i
            if i >= len(old) and i - k >= len(new):
                return trace
    return trace


def _walked_back(trace: list[dict[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    """The pairs that are alike on the way that `_furthest` found."""
    pairs = []
    for edits in range(len(trace) - 1, -1, -1):
        reach, k = trace[edits], i - j
        down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
        origin = k + 1 if down else k - 1
        from_i, from_j = reach[origin], reach[origin] - origin
        while i > from_i and j > from_j:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        i, j = from_i, from_j
    return pairs[::-1]


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours on both sides as one run."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and (last.before + last.length, last.after + last.length) == (
            run.before,
            run.after,
        ):
            merged[-1] = Run(last.before, last.after, last.length + run.length)
        else:
            merged.append(run)
    return merged
