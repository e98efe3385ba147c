from math import inf

import pytest

from tests.workflow.forecast.lifecycles import SHIPPED, beginning, plan_of, shipped
from workflow.forecast.simulation.assumptions import assumptions
from workflow.forecast.simulation.observations import AskedAs, Observations, SeatWait
from workflow.forecast.simulation.records import (
    assumptions_kept,
    assumptions_of,
    simulation_kept,
    simulation_of,
)
from workflow.forecast.simulation.simulate import simulate
from workflow.lifecycles.seat import Part

SCREENING = AskedAs("screening", "unit_officer", Part.DECIDES)


@pytest.mark.parametrize("name", SHIPPED)
def test_assumptions_are_read_back_as_they_were(name: str) -> None:
    known = assumptions(shipped(name))

    again = assumptions_of(assumptions_kept(known))

    assert again.answers.keys() == known.answers.keys()
    for asked, how in known.answers.items():
        read = again.answers[asked]
        assert (read.pace, read.verdicts, read.cases) == (how.pace, how.verdicts, how.cases)
        assert read.waiting.at(0.04) == pytest.approx(how.waiting.at(0.04), rel=1e-2, abs=1e-3)
    assert again.initiatives.keys() == known.initiatives.keys()


def test_what_many_cases_taught_is_shortened_and_says_the_same() -> None:
    waits = tuple(SeatWait(n, SCREENING, float(n), "reject") for n in range(500))
    known = assumptions(shipped("programme-standard"), Observations(waits))

    read = assumptions_of(assumptions_kept(known)).answers[SCREENING].waiting

    assert len(read.days) == 40
    assert read.at(0.5) == pytest.approx(known.answers[SCREENING].waiting.at(0.5), abs=1)


def test_a_simulation_is_read_back_to_a_tenth_of_a_day() -> None:
    definition = shipped("emergency")
    found = simulate(plan_of(definition), beginning(definition), seed=1, runs=100)

    again = simulation_of(simulation_kept(found))

    assert again.decided.half == pytest.approx(found.decided.half, abs=0.06)
    assert [each.state for each in again.ends] == [each.state for each in found.ends]
    assert len(again.days_to_decision) == 101
    assert (again.seed, again.runs) == (1, 100)


def test_what_never_comes_is_kept_as_nothing() -> None:
    definition = shipped("emergency")
    start = beginning(definition)
    none = simulate(plan_of(definition), start, seed=1, runs=3)

    kept = simulation_kept(none)

    assert all(each is None or each < inf for each in kept["days_to_decision"])
