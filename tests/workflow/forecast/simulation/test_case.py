"""A run holds what the rules hold: time, silences, pauses, turns and those who answered before."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from math import inf

import pytest

from tests.workflow.engine.lifecycles import small_raw
from tests.workflow.forecast.lifecycles import MONDAY, SHIPPED, beginning, plan_of, shipped
from workflow.forecast.simulation.assumptions import Answering, Assumptions, assumptions
from workflow.forecast.simulation.case import CaseInRun
from workflow.forecast.simulation.course import RoundAtStart, SimulatedRun, Start
from workflow.forecast.simulation.delays import NEVER, WaitingTime
from workflow.forecast.simulation.draws import Draws
from workflow.forecast.simulation.observations import AskedAs
from workflow.forecast.simulation.plan import Changes, Plan
from workflow.forecast.simulation.simulate import runs_of
from workflow.forecast.simulation.working_time import instant
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.lifecycles.machine import next_state
from workflow.lifecycles.seat import Part

EMERGENCY, STANDARD = shipped("emergency"), shipped("programme-standard")
EARLIER = shipped("earlier/2/programme-standard")


def after(days: float) -> WaitingTime:
    """Everybody takes as long as that."""
    return WaitingTime((days, days), (0.0, 1.0), 1.0)


def saying(
    definition: Definition, verdicts: dict[str, str], days: float = 1.0, never: str = ""
) -> Assumptions:
    """Everybody answers so many days after being asked, and says in each round what is given."""
    known = assumptions(definition)

    def how(asked: AskedAs, usual: Answering) -> Answering:
        said = verdicts.get(asked.round, usual.verdicts[0])
        shares = tuple(float(verdict == said) for verdict in usual.verdicts)
        waiting = NEVER if asked.round == never else after(days)
        return replace(usual, waiting=waiting, shares=shares)

    return replace(known, answers={each: how(each, known.answers[each]) for each in known.answers})


def played(
    definition: Definition, assumed: Assumptions, start: Start | None = None
) -> SimulatedRun:
    begun = start or beginning(definition)
    plan = plan_of(definition, assumed)
    return CaseInRun(plan, Draws(1, 1), begun, begun.at + 9000).played()


def way(run: SimulatedRun) -> list[str]:
    return [f"{step.round}.{step.outcome}" for step in run.steps]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_step_of_every_run_is_a_move_of_the_machine(name: str) -> None:
    definition = shipped(name)

    for run in runs_of(plan_of(definition), beginning(definition), 3, 200):
        state = definition.initial
        for step in run.steps:
            ways = range(len(definition.rounds[step.round].outcomes[step.outcome].every()))
            led = {next_state(definition, state, step.round, step.outcome, way) for way in ways}
            assert step.state in led
            state = step.state
        assert definition.states[state].final == (run.ended < inf)
        assert all(one.at <= other.at for one, other in pairwise(run.steps))


def test_a_silence_of_72_hours_lasts_72_hours_and_is_kept_where_nobody_speaks() -> None:
    run = played(EMERGENCY, saying(EMERGENCY, {}, never="under_silence"))

    circulated, adopted = run.steps[1], run.steps[2]
    assert (adopted.round, adopted.outcome) == ("under_silence", "adopted")
    assert adopted.at - circulated.at == pytest.approx(3)


def test_one_objection_breaks_it_at_once() -> None:
    run = played(EMERGENCY, saying(EMERGENCY, {"under_silence": "object"}))

    assert way(run)[2] == "under_silence.broken"
    assert run.steps[2].at - run.steps[1].at == pytest.approx(1)


def test_what_is_not_answered_in_time_lapses_by_the_timer() -> None:
    slow = saying(EMERGENCY, {}, never="completing")

    run = played(EMERGENCY, slow)

    assert run.steps[-1].round == "lapsing"
    assert run.steps[-1].at - run.steps[-2].at == pytest.approx(90)


def test_whoever_keeps_a_round_from_settling_thinks_again_and_it_ends() -> None:
    run = played(STANDARD, saying(STANDARD, {"decision": "object"}))

    assert "decision.approve" in way(run)
    assert way(run)[-1] == "closure.complete"


def test_those_who_answered_are_asked_again_where_the_lifecycle_says_so() -> None:
    run = played(STANDARD, saying(STANDARD, {"consultation": "lead"}))

    assert "lead_acceptance.reached" in way(run)


def test_a_clock_that_was_stopped_goes_on_where_it_stood() -> None:
    """A plan with 10 of its days left waits through a suspension, and has 10 days afterwards."""
    known = saying(EARLIER, {}, days=20, never="completion")
    plan = plan_of(EARLIER, known)
    spec, at = EARLIER.rounds["yearly_plan"], instant(MONDAY)
    seating = plan.seating(spec, {})
    stopped = RoundAtStart("yearly_plan", 1, "active", at - 14, at + 5, seating, stopped=at - 7)
    start = Start("suspended", at, (stopped,))

    run = CaseInRun(plan, Draws(1, 1), start, at + 400).played()

    resumed = next(step.at for step in run.steps if step.state == "active")
    filed = next(step.at for step in run.steps if step.round == "yearly_plan")
    assert filed > resumed > at


def test_whoever_is_on_leave_answers_when_they_are_back() -> None:
    back = datetime(2027, 1, 18, tzinfo=UTC)
    away = Changes(away={("unit_officer", 0): ((MONDAY, back),)})
    known = saying(EMERGENCY, {})
    plan = Plan(EMERGENCY, known, plan_of(EMERGENCY, known).places, away)

    run = CaseInRun(plan, Draws(1, 1), beginning(EMERGENCY), inf).played()

    assert run.steps[1].round == "checking"
    assert run.steps[1].at == pytest.approx(instant(back) + 1)


def test_a_round_that_is_open_goes_on_with_what_was_answered_already() -> None:
    known = saying(EMERGENCY, {"at_meeting": "yes"}, days=2)
    plan = plan_of(EMERGENCY, known)
    at = instant(MONDAY)
    seating = plan.seating(EMERGENCY.rounds["at_meeting"], {})
    answered = frozenset({0, 1, 2})
    start = Start(
        "meeting",
        at,
        (RoundAtStart("at_meeting", 1, "meeting", at - 1, at + 4, seating, answered),),
    )

    run = CaseInRun(plan, Draws(1, 1), start, at + 400).played()

    assert way(run)[0] == "at_meeting.carried"
    assert run.waits[0][0] == AskedAs("at_meeting", "board_member", Part.DECIDES)


def test_a_case_that_goes_round_for_ever_is_lost_sight_of() -> None:
    hour = {"amount": 1, "unit": "hours"}
    raw = small_raw(
        {
            "go": {"states": ["a"], "outcomes": {"on": "b"}},
            "back": {"states": ["b"], "outcomes": {"on": "a"}},
            "out": {"states": ["a"], "opens": "on initiative", "outcomes": {"off": "z"}},
        },
        "a", "b",
    )  # fmt: skip
    for key in ("go", "back"):
        raw["rounds"][key]["within"] = hour
    definition = from_body(body_of(raw))

    run = played(definition, assumptions(definition))

    assert (len(run.steps), run.ended) == (1_000, inf)
