"""Pairs of acts that cannot both win: each ends as one of its two orders would, and nobody errs."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.reliability.field import DELEGATE, Field
from tests.reliability.grounds import RACES, Copies, ground, grounds
from tests.reliability.interleaving import at_once, kept_waiting, or_fault, overtaken
from tests.reliability.naive import Naive
from tests.reliability.pairs import PAIRS, Ending, Pair

# Each pair is tried on one of the two databases in every run, and on both in a long proof.
each_pair = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
# Whoever lacks a mandate is refused at once, and keeps nobody waiting.
recorded = pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS.values() if pair.answer_first[0] == "Receipt"],
    ids=[name for name, pair in PAIRS.items() if pair.answer_first[0] == "Receipt"],
)
# A delegate who looks before the mandate is given has nothing to write: there is nothing to lose.
losing = pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS.values() if pair.answer[1] != DELEGATE],
    ids=[name for name, pair in PAIRS.items() if pair.answer[1] != DELEGATE],
)


def in_both_orders(arranged: Callable[..., None]) -> Callable[..., None]:
    """Run an arrangement twice on one copy: once the answer goes first, once what conflicts."""

    def both(copies: Copies, pair: Pair) -> None:
        orders = zip((True, False), grounds(copies, pair.start, 2), strict=True)
        for answer_goes_first, (world, ref) in orders:
            arranged(pair, Field.of(world, ref), answer_goes_first=answer_goes_first)

    both.__name__ = arranged.__name__
    return both


@pytest.fixture
def prepared(copies: Copies, pair: Pair) -> Iterator[Field]:
    """The case of the pair on a copy of its own."""
    for world, ref in ground(copies, pair.start):
        yield Field.of(world, ref)


@pytest.mark.proof(either=True)
@each_pair
def test_begun_at_the_same_moment_they_end_in_one_of_the_two_orders(
    copies: Copies, pair: Pair
) -> None:
    seen: Counter[Ending] = Counter()
    here: Field | None = None
    for world, ref in grounds(copies, pair.start):
        here = Field.again(here, world, ref)

        results = at_once(pair.acts(here))

        seen[pair.ending(here, (results[0], results[1]))] += 1
    print(f"The answer came first in {seen[pair.answer_first]} of {RACES} races.")
    assert set(seen) <= {pair.answer_first, pair.conflict_first}, seen


@pytest.mark.proof(either=True)
@each_pair
@in_both_orders
def test_whoever_was_overtaken_before_taking_the_lock_is_told_so(
    pair: Pair, here: Field, *, answer_goes_first: bool
) -> None:
    answer, conflict = pair.acts(here)

    if answer_goes_first:
        done, answered = overtaken(conflict, here.other, answer)
    else:
        answered, done = overtaken(answer, here.one, conflict)

    first = pair.answer_first if answer_goes_first else pair.conflict_first
    assert pair.ending(here, (answered, done)) == first


@pytest.mark.proof(either=True)
@recorded
@in_both_orders
def test_whoever_comes_while_the_other_holds_the_lock_waits_and_is_told_so(
    pair: Pair, here: Field, *, answer_goes_first: bool
) -> None:
    answer, conflict = pair.acts(here)

    if answer_goes_first:
        answered, done = kept_waiting(answer, here.one, conflict)
    else:
        done, answered = kept_waiting(conflict, here.other, answer)

    first = pair.answer_first if answer_goes_first else pair.conflict_first
    assert pair.ending(here, (answered, done)) == first


@pytest.mark.proof(either=True)
@losing
def test_looking_first_and_writing_afterwards_ends_as_it_should_not(
    prepared: Field, pair: Pair
) -> None:
    prepared.world.honest = False
    _, conflict = pair.acts(prepared)
    round_key, who, verdict = pair.answer
    write = Naive(prepared.world, prepared.one, prepared.ref, round_key, who, verdict).look()

    done = conflict()
    written = or_fault(write)

    won = ("IntegrityError" if isinstance(written, Exception) else "Receipt", type(done).__name__)
    ended = pair.ending(prepared, (written, done))
    assert (*won, *ended[2:]) != pair.conflict_first
    assert won[0] == "IntegrityError" or ended[3] > pair.conflict_first[3]
