from math import inf

import pytest

from tests.workflow.engine.lifecycles import drop, edited
from tests.workflow.forecast.lifecycles import SHIPPED, shipped
from workflow.forecast.simulation.assumptions import (
    LEAST_CASES,
    asked_in,
    assumptions,
    sources,
    taken_from,
)
from workflow.forecast.simulation.observations import (
    AskedAs,
    InitiativeWait,
    Observations,
    Pace,
    SeatWait,
)
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.next_steps import is_timer
from workflow.lifecycles.seat import Part

STANDARD, EMERGENCY = shipped("programme-standard"), shipped("emergency")
SCREENING = AskedAs("screening", "unit_officer", Part.DECIDES)


def seen(cases: int, days: float = 2.0, verdict: str = "reject") -> Observations:
    return Observations(tuple(SeatWait(n, SCREENING, days, verdict) for n in range(cases)))


@pytest.mark.parametrize("name", SHIPPED)
def test_everybody_who_is_asked_is_assumed_to_answer_somehow(name: str) -> None:
    definition = shipped(name)
    asked = {a for s in definition.rounds.values() if not is_timer(s) for a in asked_in(s)}

    assumed = assumptions(definition)

    assert assumed.answers.keys() == asked
    for how in assumed.answers.values():
        assert sum(how.shares) == pytest.approx(1)
        assert how.cases == 0


def test_where_nobody_has_answered_half_of_the_time_allowed_is_assumed() -> None:
    how = assumptions(STANDARD).answers[SCREENING]

    assert (how.pace, how.waiting.at(0.5)) == (Pace.WORKING_DAYS, pytest.approx(7.5))
    assert how.half_allowed


def test_hours_run_through_the_weekend_and_few_break_a_silence() -> None:
    how = assumptions(EMERGENCY).answers[AskedAs("under_silence", "board_member", Part.DECIDES)]

    assert (how.pace, how.waiting.at(0.05)) == (Pace.DAYS, pytest.approx(1.5))
    assert how.waiting.at(0.5) == inf


def test_closed_cases_teach_how_long_it_takes_and_what_is_said() -> None:
    how = assumptions(STANDARD, seen(40)).answers[SCREENING]

    assert how.cases == 40
    assert how.waiting.at(0.5) == pytest.approx(2.0, abs=0.3)
    assert dict(zip(how.verdicts, how.shares, strict=True))["reject"] > 0.9


def test_too_few_cases_teach_nothing_so_that_none_is_told_of() -> None:
    few = assumptions(STANDARD, seen(LEAST_CASES - 1))
    enough = assumptions(STANDARD, seen(LEAST_CASES))

    assert few == assumptions(STANDARD)
    assert enough.answers[SCREENING].cases == LEAST_CASES


def test_one_case_asked_many_times_is_still_one_case() -> None:
    waits = tuple(SeatWait(1, SCREENING, 2.0, "reject") for _ in range(50))

    assert assumptions(STANDARD, Observations(waits)) == assumptions(STANDARD)


def test_nobody_is_assumed_to_withdraw_before_somebody_did() -> None:
    stays = tuple(InitiativeWait(n, "screening", "withdrawal", 5.0, n < 10) for n in range(40))

    before = assumptions(STANDARD).initiatives["screening", "withdrawal"]
    after = assumptions(STANDARD, Observations(stays=stays)).initiatives["screening", "withdrawal"]

    assert (before.waiting.comes, before.cases) == (0, 0)
    assert (after.waiting.comes > 0.2, after.cases) == (True, 40)


def test_where_only_an_initiative_leads_out_one_is_assumed() -> None:
    bare = edited(
        drop("rounds/reviewing"), drop("rounds/reviewing_again"), drop("rules/suspension_review")
    )
    out = assumptions(from_tables(bare, "bare.toml")).initiatives["suspended", "resumption"]

    assert out.waiting.at(0.5) == pytest.approx(30)


def test_a_role_that_is_assumed_alike_in_several_rounds_is_told_of_once() -> None:
    known = assumptions(STANDARD)

    told = taken_from(known)

    assert len(told) < len(known.answers)
    assert {(each.role, key) for each in told for key in each.rounds} == {
        (asked.role, asked.round) for asked in known.answers
    }
    (screening,) = [each for each in told if SCREENING.round in each.rounds]
    assert screening.half == pytest.approx(7.5)


def test_those_learnt_from_most_are_told_first() -> None:
    first, *others = sources(assumptions(STANDARD, seen(12)))

    assert first[0] == SCREENING
    assert all(how.cases == 0 for _, how in others)
