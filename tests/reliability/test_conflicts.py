"""Pairs of acts that cannot both win: each ends as one of its two orders would, and nobody errs."""

from collections.abc import Iterator

import pytest

from tests.reliability.field import DELEGATE, Field
from tests.reliability.grounds import Copies, ground, grounds
from tests.reliability.interleaving import at_once, kept_waiting, or_fault, overtaken
from tests.reliability.naive import Naive
from tests.reliability.pairs import PAIRS, Ending, Pair

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


@pytest.fixture
def prepared(copies: Copies, pair: Pair) -> Iterator[Field]:
    """The case of the pair on a copy of its own."""
    for world, ref in ground(copies, pair.start):
        yield Field.of(world, ref)


@each_pair
def test_begun_at_the_same_moment_they_end_in_one_of_the_two_orders(
    copies: Copies, pair: Pair
) -> None:
    seen: set[Ending] = set()
    here: Field | None = None
    for world, ref in grounds(copies, pair.start):
        here = Field.again(here, world, ref)

        results = at_once(pair.acts(here))

        seen.add(pair.ending(here, (results[0], results[1])))
    assert seen <= {pair.answer_first, pair.conflict_first}, seen


@each_pair
def test_an_answer_that_was_overtaken_is_told_so(prepared: Field, pair: Pair) -> None:
    answer, conflict = pair.acts(prepared)

    results = overtaken(answer, prepared.one, conflict)

    assert pair.ending(prepared, results) == pair.conflict_first


@each_pair
def test_what_conflicts_and_was_overtaken_by_the_answer_is_told_so(
    prepared: Field, pair: Pair
) -> None:
    answer, conflict = pair.acts(prepared)

    done, answered = overtaken(conflict, prepared.other, answer)

    assert pair.ending(prepared, (answered, done)) == pair.answer_first


@recorded
def test_what_conflicts_waits_until_the_answer_is_recorded(prepared: Field, pair: Pair) -> None:
    answer, conflict = pair.acts(prepared)

    results = kept_waiting(answer, prepared.one, conflict)

    assert pair.ending(prepared, results) == pair.answer_first


@recorded
def test_an_answer_waits_until_what_conflicts_is_recorded(prepared: Field, pair: Pair) -> None:
    answer, conflict = pair.acts(prepared)

    done, answered = kept_waiting(conflict, prepared.other, answer)

    assert pair.ending(prepared, (answered, done)) == pair.conflict_first


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
