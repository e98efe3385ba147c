"""What is slow on purpose is done by so many at once, and nobody waits for ever."""

from threading import Barrier, Event, Thread

import pytest

from tests.support.waiting import PATIENCE, until
from workflow.errors import Overloaded
from workflow.people.turns import Turns

EIGHT = 8


def test_no_more_go_at_once_than_there_are_turns() -> None:
    turns, done = Turns(at_once=2, patience=0.01, waiting=EIGHT), Event()
    told: list[str] = []

    def go() -> None:
        try:
            with turns.turn():
                told.append("goes")
                done.wait()
        except Overloaded:
            told.append("refused")

    everybody = [Thread(target=go) for _ in range(EIGHT)]
    for each in everybody:
        each.start()
    until(lambda: len(told) == EIGHT, saying=lambda: told)
    done.set()
    for each in everybody:
        each.join()

    assert sorted(told) == ["goes"] * 2 + ["refused"] * 6


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


def test_whoever_comes_when_many_wait_is_refused_at_once() -> None:
    turns, done = Turns(at_once=1, patience=PATIENCE, waiting=2), Event()
    held = 0

    def hold() -> None:
        nonlocal held
        with turns.turn():
            held += 1
            done.wait()

    holders = [Thread(target=hold) for _ in range(3)]
    for each in holders:
        each.start()
    until(lambda: turns._places._value == 0, saying="somebody found no place")
    try:
        with pytest.raises(Overloaded), turns.turn():
            pass
    finally:
        done.set()
        for each in holders:
            each.join()

    assert held == 3


def test_a_turn_is_given_back_also_by_who_fails() -> None:
    turns = Turns(at_once=1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn():
            raise ZeroDivisionError

    with turns.turn():
        pass
