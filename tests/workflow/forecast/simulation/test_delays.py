from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.forecast.simulation.delays import NEVER, WaitingTime, assumed, learnt, quantile

SHARES = st.floats(0, 0.999)


def test_half_of_an_assumed_wait_has_come_by_its_median() -> None:
    waiting = assumed(12)

    assert waiting.at(0.5) == pytest.approx(12)
    assert waiting.by(12) == pytest.approx(0.5)
    assert 25 < waiting.at(0.9) < 40


def test_what_comes_to_few_never_comes_to_the_others() -> None:
    waiting = assumed(12, comes=0.1)

    assert waiting.at(0.05) == pytest.approx(12)
    assert waiting.at(0.1) == inf
    assert NEVER.at(0) == inf


@given(SHARES, SHARES)
def test_a_larger_share_takes_no_less_time(one: float, other: float) -> None:
    waiting, (low, high) = assumed(8), sorted([one, other])

    assert waiting.at(low) <= waiting.at(high)
    assert waiting.remaining(low, 3) <= waiting.remaining(high, 3)


def test_many_answers_outweigh_what_was_assumed() -> None:
    drawn = Random(1)
    seen = [(drawn.uniform(20, 40), True) for _ in range(400)]

    waiting = learnt(seen, assumed(3))

    assert waiting.at(0.5) == pytest.approx(30, abs=1.5)
    assert waiting.at(0.9) == pytest.approx(38, abs=1.5)


def test_few_answers_stay_near_what_was_assumed() -> None:
    waiting = learnt([(30.0, True)], assumed(3))

    assert 2 < waiting.at(0.5) < 8


def test_a_wait_cut_short_is_no_answer_and_not_forgotten() -> None:
    """Half of 200 waits were cut at ten days: the median is that of all, not of those who answered."""
    drawn = Random(2)
    waits = [drawn.expovariate(1 / 20) for _ in range(400)]
    cut = [
        (min(each, 10.0), each <= 10) if number % 2 else (each, True)
        for number, each in enumerate(waits)
    ]
    answered = sorted(days for days, came in cut if came)

    waiting = learnt(cut, assumed(20))

    assert waiting.at(0.5) == pytest.approx(13.9, abs=2)
    assert answered[len(answered) // 2] < 10


def test_those_who_never_answer_are_learnt_as_such() -> None:
    seen = [(5.0, True)] * 30 + [(72.0, False)] * 270

    waiting = learnt(seen, assumed(36, comes=0.1))

    assert 0.08 < waiting.comes < 0.13


def test_whoever_has_waited_waits_on_for_what_is_left() -> None:
    waiting = WaitingTime((10.0, 20.0), (0.5, 1.0), 1.0)

    assert waiting.remaining(0.0, 10) == pytest.approx(0)
    assert waiting.remaining(0.5, 10) == pytest.approx(5)


def test_beyond_all_that_is_known_a_wait_begins_anew() -> None:
    waiting = WaitingTime((10.0, 20.0), (0.5, 1.0), 1.0)

    assert waiting.remaining(0.5, 100) == pytest.approx(10)


def test_a_quantile_of_nothing_has_no_end() -> None:
    assert quantile([], 0.9) == inf
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([1, inf], 0.9) == inf


@pytest.mark.parametrize(
    ("share", "found"), [(0.07, 7), (0.1, 10), (0.5, 50), (0.9, 90), (0.905, 91), (1, 100), (0, 1)]
)
def test_a_quantile_is_the_least_value_within_which_the_share_lies(
    share: float, found: int
) -> None:
    assert quantile(range(100, 0, -1), share) == found


def test_who_was_cut_short_as_another_answered_was_waited_for_until_then() -> None:
    at_once = learnt([(5.0, True), (5.0, False)], NEVER)
    a_moment_later = learnt([(5.0, True), (5.000001, False)], NEVER)

    assert at_once.by(5.0) == pytest.approx(a_moment_later.by(5.0))
