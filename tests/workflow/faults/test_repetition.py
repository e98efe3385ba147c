"""A thing is said once in a while, and what was left out is counted."""

from workflow.faults.repetition import A_WHILE, MOST, Sparing


def test_what_repeats_itself_is_let_through_once_in_a_while_with_the_count_of_the_rest() -> None:
    said: Sparing[str] = Sparing()

    through = [said.left_out("away", at) for at in (0.0, 1.0, 2.0, A_WHILE, A_WHILE + 1)]

    assert through == [0, None, None, 2, None]


def test_each_kind_is_counted_by_itself() -> None:
    said: Sparing[str] = Sparing()

    assert [said.left_out("away", 0.0), said.left_out("full", 1.0)] == [0, 0]


def test_what_nothing_has_told_for_a_while_is_told_at_last_and_once() -> None:
    said: Sparing[str] = Sparing()
    for _ in range(3):
        said.left_out("away", 0.0)

    assert said.overdue(A_WHILE - 1) == {}
    assert said.overdue(A_WHILE) == {"away": 2}
    assert said.overdue(A_WHILE + 1) == {}


def test_more_kinds_than_fit_forget_the_oldest() -> None:
    said: Sparing[int] = Sparing()
    for number in range(MOST + 1):
        said.left_out(number, 0.0)

    assert said.left_out(0, 1.0) == 0
    assert said.left_out(MOST, 1.0) is None
