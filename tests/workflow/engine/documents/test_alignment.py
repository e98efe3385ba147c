"""Two sequences laid side by side: what is told is true, in order, and never beyond the effort."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.engine.documents.alignment import Effort, Run, alike, effort

FEW_LETTERS = st.lists(st.sampled_from("abc"), max_size=40)
MANY_LETTERS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), max_size=40)


def told(before: str, after: str, steps: int = 100_000) -> list[str]:
    runs = alike(before, after, Effort(steps))
    return [before[run.before : run.before + run.length] for run in runs]


def longest_in_common(before: list[str], after: list[str]) -> int:
    row = [0] * (len(after) + 1)
    for left in before:
        above = row[:]
        for at, right in enumerate(after, 1):
            row[at] = above[at - 1] + 1 if left == right else max(row[at - 1], above[at])
    return row[-1]


def test_what_both_begin_and_end_with_is_alike() -> None:
    assert told("one two three", "one 2 three") == ["one ", " three"]


def test_equal_sequences_are_one_run() -> None:
    assert alike("abcabc", "abcabc", Effort(100)) == [Run(0, 0, 6)]


def test_what_occurs_once_on_both_sides_holds_the_rest_in_its_place() -> None:
    assert told("aaXaaYaa", "aXaaaYa") == ["a", "Xaa", "Y", "a"]


@pytest.mark.proof
@given(st.one_of(FEW_LETTERS, MANY_LETTERS), st.one_of(FEW_LETTERS, MANY_LETTERS))
def test_runs_are_alike_and_in_order(before: list[str], after: list[str]) -> None:
    i = j = 0
    for run in alike(before, after, effort(len(before) + len(after))):
        assert run.before >= i
        assert run.after >= j
        i, j = run.before + run.length, run.after + run.length
        assert before[run.before : i] == after[run.after : j]


@pytest.mark.proof
@given(FEW_LETTERS, FEW_LETTERS)
def test_where_nothing_is_unique_the_shortest_edit_is_found(
    before: list[str], after: list[str]
) -> None:
    doubled = [each for each in before for _ in "12"], [each for each in after for _ in "12"]

    found = alike(*doubled, Effort(1_000_000))

    assert sum(run.length for run in found) == longest_in_common(*doubled)


@pytest.mark.proof
@given(st.one_of(FEW_LETTERS, MANY_LETTERS), FEW_LETTERS, st.integers(0, 300))
def test_the_effort_is_never_exceeded(before: list[str], after: list[str], steps: int) -> None:
    within = Effort(steps)

    alike(before, after, within)

    assert within.left >= 0


def test_without_effort_only_beginning_and_end_are_told() -> None:
    within = Effort(0)

    found = alike("abXYcd", "abZcd", within)

    assert [run.length for run in found] == [2, 2]
    assert within.exceeded
