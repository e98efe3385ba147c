"""A simulation is repeatable, quick, later where somebody is later, and right about cases it never saw."""

import time
from dataclasses import replace
from itertools import islice
from math import exp, inf
from statistics import NormalDist

import pytest

from tests.workflow.forecast.lifecycles import SHIPPED, beginning, plan_of, shipped
from workflow.forecast.simulation.assumptions import Assumptions, assumptions
from workflow.forecast.simulation.course import SimulatedRun
from workflow.forecast.simulation.delays import WaitingTime
from workflow.forecast.simulation.observations import Observations, SeatWait
from workflow.forecast.simulation.plan import Changes, Plan
from workflow.forecast.simulation.simulate import runs_of, simulate, when_decided
from workflow.lifecycles.definition import Definition

BUDGET, RUNS = 30.0, 10_000
TAUGHT, HELD_OUT = 300, 400


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_seed_says_the_same_and_another_says_something_else(name: str) -> None:
    definition = shipped(name)
    start = beginning(definition)

    one, again = (simulate(plan_of(definition), start, seed=5, runs=60) for _ in range(2))
    other = simulate(plan_of(definition), start, seed=6, runs=60)

    assert one == again
    assert one.days_to_decision != other.days_to_decision


@pytest.mark.parametrize("name", SHIPPED)
def test_shares_add_up_and_quantiles_ascend(name: str) -> None:
    definition = shipped(name)

    found = simulate(plan_of(definition), beginning(definition), seed=2, runs=200)

    assert sum(each.share for each in found.ends) + found.unfinished == pytest.approx(1)
    assert found.unfinished < 0.05
    for spread in (found.decided, found.ended, *(each.days for each in found.ends)):
        assert 0 < spread.low <= spread.half <= spread.high


@pytest.mark.parametrize("name", SHIPPED)
def test_later_answers_never_make_a_case_that_goes_the_same_way_earlier(name: str) -> None:
    """With common random numbers; where time settles a round, a later answer may send a case another way."""
    definition = shipped(name)
    role = {"emergency": "unit_officer"}.get(name, "board_member")
    later = plan_of(definition, changes=Changes(later={role: 2.0}))

    pairs = list(zip(_runs(definition), _runs(definition, later=later), strict=True))

    same = [(a, b) for a, b in pairs if _way(a) == _way(b)]
    assert len(same) > len(pairs) / 2
    assert all(
        one.at <= other.at + 1e-9
        for a, b in same
        for one, other in zip(a.steps, b.steps, strict=True)
    )
    assert sum(a.steps != b.steps for a, b in same) > len(same) / 4


def test_where_nobody_says_no_later_answers_make_the_decision_later() -> None:
    definition = shipped("three-consents")
    for_it = _agreeing(assumptions(definition))
    start = beginning(definition)

    usual = simulate(plan_of(definition, for_it), start, seed=1, runs=200)
    later = plan_of(definition, for_it, Changes(later={"board_member": 5.0}))
    delayed = simulate(later, start, seed=1, runs=200)

    assert delayed.decided.half > usual.decided.half + 7
    assert delayed.decided.low > usual.decided.low
    assert delayed.decided.high > usual.decided.high


@pytest.mark.parametrize(
    "name",
    ["emergency", pytest.param("programme-standard", marks=pytest.mark.proof(alone=True))],
)
def test_nine_of_ten_cases_that_it_never_saw_end_within_what_it_said(name: str) -> None:
    """People who answer in other times than assumed, whom it knows from 300 closed cases alone."""
    definition = shipped(name)
    truth, start = plan_of(definition, _truth(assumptions(definition))), beginning(definition)
    taught = islice(runs_of(truth, start, 41, TAUGHT), TAUGHT)
    seen = Observations(
        tuple(SeatWait(case, *wait) for case, run in enumerate(taught) for wait in run.waits)
    )

    said = simulate(plan_of(definition, assumptions(definition, seen)), start, seed=3, runs=600)

    held_out = [
        when_decided(definition, run) - start.at for run in runs_of(truth, start, 42, HELD_OUT)
    ]
    within = {
        share: sum(days <= share for days in held_out) / HELD_OUT
        for share in (said.decided.half, said.decided.high)
    }
    assert 0.85 <= within[said.decided.high] <= 0.95
    assert 0.40 <= within[said.decided.half] <= 0.60
    untaught = simulate(plan_of(definition), start, seed=3, runs=600)
    assert not 0.85 <= sum(days <= untaught.decided.high for days in held_out) / HELD_OUT <= 0.95


@pytest.mark.parametrize("name", ["programme-standard", "emergency"])
@pytest.mark.proof(alone=True)
def test_ten_thousand_runs_take_less_than_thirty_seconds_of_one_core(name: str) -> None:
    definition = shipped(name)
    begun = time.process_time()

    found = simulate(plan_of(definition), beginning(definition), seed=1, runs=RUNS)

    assert time.process_time() - begun < BUDGET
    assert found.runs == len(found.days_to_decision) == RUNS


def _runs(definition: Definition, later: Plan | None = None) -> list[SimulatedRun]:
    return list(runs_of(later or plan_of(definition), beginning(definition), 4, 150))


def _way(run: SimulatedRun) -> list[tuple[str, str]]:
    return [(step.round, step.outcome) for step in run.steps]


def _agreeing(known: Assumptions) -> Assumptions:
    """Everybody gives the first answer that is offered."""
    answers = {
        asked: replace(how, shares=(1.0, *(0.0 for _ in how.shares[1:])))
        for asked, how in known.answers.items()
    }
    return replace(known, answers=answers)


def _truth(known: Assumptions) -> Assumptions:
    """Another house: each seat has a pace of its own, slower or quicker, and other habits."""
    answers = {}
    for number, (asked, how) in enumerate(known.answers.items()):
        median = 0.3 * how.waiting.at(how.waiting.comes / 2) * (1 + number % 4)
        usual = NormalDist(sigma=0.5 + 0.1 * (number % 3))
        steps = [(step + 0.5) / 200 for step in range(200)]
        days = tuple(median * exp(usual.inv_cdf(step)) for step in steps)
        comes = how.waiting.comes
        waiting = WaitingTime(days, tuple(step * comes for step in steps), comes)
        against = [0.7 * share for share in how.shares[1:]]
        answers[asked] = replace(how, waiting=waiting, shares=(1 - sum(against), *against))
    assert all(how.waiting.at(0.01) < inf for how in answers.values())
    return replace(known, answers=answers)
