"""What is slow on purpose is done by so many at once, and nobody waits for ever."""

from threading import Barrier, Thread

import pytest

from workflow.errors import Overloaded
from workflow.people.turns import Turns


def test_no_more_go_at_once_than_there_are_turns() -> None:
    turns, going, most = Turns(at_once=2, patience=60), 0, 0

    def go() -> None:
        nonlocal going, most
        for _ in range(50):
            with turns.turn():
                going += 1
                most = max(most, going)
                going -= 1

    others = [Thread(target=go) for _ in range(8)]
    for each in others:
        each.start()
    for each in others:
        each.join()

    assert 1 <= most <= 2
    assert going == 0


def test_whoever_gets_no_turn_is_refused_in_a_sentence() -> None:
    turns, taken, done = Turns(at_once=1, patience=0.01), Barrier(2), Barrier(2)

    def hold() -> None:
        with turns.turn():
            taken.wait()
            done.wait()

    holder = Thread(target=hold)
    holder.start()
    taken.wait()
    try:
        with pytest.raises(Overloaded, match="Try again in a few seconds"), turns.turn():
            pass
    finally:
        done.wait()
        holder.join()


def test_a_turn_is_given_back_also_by_who_fails() -> None:
    turns = Turns(at_once=1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError

    with turns.turn():
        pass
