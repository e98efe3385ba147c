from itertools import product
from statistics import fmean

from workflow.forecast.simulation.draws import Draws, Purpose

NAMES = list(product(Purpose, range(20), range(5), range(10)))


def test_the_same_name_draws_the_same_number() -> None:
    assert [Draws(7, 3).at(*name) for name in NAMES] == [Draws(7, 3).at(*name) for name in NAMES]


def test_another_name_another_run_and_another_seed_draw_other_numbers() -> None:
    drawn = [Draws(seed, run).at(*name) for seed in (1, 2) for run in (0, 1) for name in NAMES]

    assert len(set(drawn)) == len(drawn)


def test_numbers_are_spread_evenly_from_nought_to_one() -> None:
    drawn = sorted(Draws(1, run).at(Purpose.DAYS, 3, 1) for run in range(20_000))

    assert drawn[0] >= 0
    assert drawn[-1] < 1
    assert abs(fmean(drawn) - 0.5) < 0.01
    assert max(abs(number / 20_000 - value) for number, value in enumerate(drawn)) < 0.015
