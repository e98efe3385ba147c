"""The steps from one text to another: bounded, in larger units where they must be, and kept."""

import sys
from difflib import SequenceMatcher
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from workflow.engine.documents import comparisons
from workflow.engine.documents.comparisons import Comparisons, compared, steps

TOKENS = st.lists(st.sampled_from(["a ", "b ", "a\n", "c. "]), max_size=60)
STEPS_OF_DIFFLIB = 0.97

PROSE = (
    "The workshop brought together twenty nurses from four countries. They were shown how to keep "
    "the register of births. Each of them took home a copy of the handbook, printed in Portuguese. "
    "The second workshop will be held in Praia. It is paid for by the fund. Two experts of the "
    "ministry travel with the materials, which the host translates."
)
REPORT = PROSE.split()


def all_of(found: tuple[comparisons.Stretch, ...], parts: list[str], side: str) -> list[str]:
    return [part for step in found for part in parts[getattr(step, side)]]


@given(TOKENS, TOKENS)
def test_the_steps_hold_every_part_of_both_sides_once(before: list[str], after: list[str]) -> None:
    found = steps(before, after)

    assert all_of(found, before, "earlier") == before
    assert all_of(found, after, "later") == after


@given(TOKENS, TOKENS)
def test_what_is_told_to_be_the_same_is(before: list[str], after: list[str]) -> None:
    same = [step for step in steps(before, after) if step.same]

    for step in same:
        earlier, later = before[step.earlier], after[step.later]
        assert [part.strip() for part in earlier] == [part.strip() for part in later]


def test_ordinary_edits_keep_as_much_as_the_slow_comparison_kept() -> None:
    for at in range(0, len(REPORT) - 8, 3):
        after = [*REPORT[:at], "entirely", "new", *REPORT[at + 3 : at + 8], *REPORT[at + 9 :]]

        found = sum(len(REPORT[step.earlier]) for step in steps(REPORT, after) if step.same)
        blocks = SequenceMatcher(None, REPORT, after, autojunk=False).get_matching_blocks()

        assert found >= STEPS_OF_DIFFLIB * sum(block.size for block in blocks)


def test_what_is_too_much_word_by_word_is_compared_by_sentences() -> None:
    kept = ["a ", "b ", "b ", "a. "]
    old, new = [*["x ", "x ", "y "] * 700, "y. "], [*["y ", "y ", "x "] * 700, "y. "]
    before, after = [*[*kept, *old] * 3, *kept], [*[*kept, *new] * 3, *kept]

    by_words = compared(before, after, ())
    by_sentences = compared(before, after, [lambda part: part.endswith(". ")])

    assert [step.same for step in by_words] == [True, False, True]
    assert [step.same for step in by_sentences] == [True, False, True, False, True, False, True]


def test_ten_times_the_text_takes_no_hundred_times_the_work() -> None:
    def calls(words: int) -> int:
        counted = 0

        def count(*_event: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            compared(["a "] * words, ["a ", "b "] * (words // 2), ())
        finally:
            sys.setprofile(None)
        return counted

    assert calls(15_000) < 20 * calls(1500)


def test_a_comparison_is_made_once_for_whoever_asks_meanwhile() -> None:
    asked = []

    def ends(part: str) -> bool:
        asked.append(part)
        return False

    kept, before, after = Comparisons(), ["a "] * 1500, ["a ", "b "] * 750
    kept.steps(before, after, [ends])
    once = len(asked)
    others = [Thread(target=kept.steps, args=(before, after, [ends])) for _ in range(9)]
    for each in others:
        each.start()
    for each in others:
        each.join()

    assert once > 0
    assert len(asked) == once


def test_only_the_last_comparisons_are_kept() -> None:
    kept = Comparisons(most=2)

    for word in "abc":
        kept.steps([word], ["x"], ())

    assert len(kept) == 2


def test_a_comparison_in_very_many_steps_is_not_kept() -> None:
    kept = Comparisons()
    before = [str(number) for number in range(9000)]

    kept.steps(before, before[::2], ())

    assert len(kept) == 0
