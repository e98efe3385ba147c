"""What is said of a small house: what can be reached, what cannot and why, and who cannot be missed."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import small, small_raw
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.lifecycles.staffing.effort import SearchEffort
from workflow.lifecycles.staffing.findings import (
    Feasibility,
    Loss,
    StaffingFinding,
    StaffingReport,
    staffing,
)
from workflow.lifecycles.staffing.house import Doer, StaffedHouse, StaffedSeat
from workflow.phrase import phrase

ANA, BO, CHI, DEE = 1, 2, 3, 4
TWO_ROUNDS = {
    "check": {"states": ["a"], "outcomes": {"on": "b"}},
    "check_again": {"states": ["b"], "outcomes": {"on": "z"}, "never": ["signed:check"]},
}


def house(definition: Definition, *people: int, mandates: tuple[Doer, ...] = ()) -> StaffedHouse:
    """A house in which these people hold the one office."""
    held, given = frozenset(people), frozenset(mandates)
    seats = {
        key: tuple(
            StaffedSeat(100 * at + place, "officer", 1, "Desk", held_by=held, mandates=given)
            for place, _ in enumerate(spec.rule.seats)
        )
        for at, (key, spec) in enumerate(definition.rounds.items())
    }
    return StaffedHouse(seats, writers={"paper": held})


def end(report: StaffingReport) -> StaffingFinding:
    return next(each for each in report.ends if each.key == "z")


def test_a_duty_that_one_person_cannot_keep_alone_is_told_with_both_rounds() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")

    alone = staffing(two_rounds, house(two_rounds, ANA))
    together = staffing(two_rounds, house(two_rounds, ANA, BO))

    assert (end(alone).standing, end(alone).hindered) == (
        Feasibility.CANNOT,
        (("check", "check_again"),),
    )
    assert [each.standing for each in alone.rounds] == [Feasibility.CAN, Feasibility.CANNOT]
    assert end(together).standing is Feasibility.CAN
    assert len(set((end(together).who or {}).values())) == 2


def test_an_empty_office_is_told_alone() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")

    report = staffing(two_rounds, house(two_rounds))

    assert not report.sound
    assert end(report).hindered == (("check",),)


def test_whoever_is_one_of_two_cannot_be_missed_and_one_of_three_can() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")

    two = staffing(two_rounds, house(two_rounds, ANA, BO))
    three = staffing(two_rounds, house(two_rounds, ANA, BO, CHI))

    pair = (("check", "check_again"),)
    assert two.leaving == (
        Loss(ANA, ("check_again",), ("z",), hindered=pair),
        Loss(BO, ("check_again",), ("z",), hindered=pair),
    )
    assert (three.leaving, three.recusing) == ((), ())


def test_a_duty_that_can_be_gone_around_keeps_nobody() -> None:
    around = {**TWO_ROUNDS, "skip": {"states": ["b"], "opens": "on initiative", "outcomes": {"by": "z"}}}  # fmt: skip
    definition = small(around, "a", "b")

    report = staffing(definition, house(definition, ANA))

    assert end(report).standing is Feasibility.CAN
    assert [act.round for act in end(report).acts] == ["check", "skip"]


def test_a_mandate_is_no_second_person_where_it_is_for_the_first() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")

    for_the_same = house(two_rounds, ANA, mandates=(Doer(BO, ANA),))
    for_another = house(two_rounds, ANA, mandates=(Doer(BO, CHI),))

    assert end(staffing(two_rounds, for_the_same)).standing is Feasibility.CANNOT
    assert end(staffing(two_rounds, for_another)).standing is Feasibility.CAN


def test_a_round_that_cannot_open_is_said_to_be_what_hinders() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")
    full = house(two_rounds, ANA, BO)
    closed = StaffedHouse(
        full.seats, writers=full.writers, closed={"check_again": phrase("Too few sit.")}
    )

    report = staffing(two_rounds, closed)

    assert end(report).standing is Feasibility.CANNOT
    assert "check_again" in {key for each in end(report).hindered for key in each}


@pytest.mark.parametrize("people", [2, 3])
def test_four_eyes_take_two_people_for_two_seats(people: int) -> None:
    rounds: dict[str, Any] = {"certify": {"states": ["a"], "outcomes": {"complete": "z"}}}
    raw = small_raw(rounds, "a")
    rule = raw["rules"]["certify"]
    rule |= {"kind": "dual", "seats": rule["seats"] + [{"role": "officer", "of": "office:other"}]}
    del rule["verdicts"]["complete"]["outcome"]
    definition = from_body(body_of(raw))
    everybody = [ANA, BO, CHI][:people]

    one = staffing(definition, house(definition, ANA))
    some = staffing(definition, house(definition, *everybody))

    assert end(one).standing is Feasibility.CANNOT
    assert end(some).standing is Feasibility.CAN
    assert bool(some.leaving) == (people == 2)


def test_a_search_that_may_look_at_nothing_knows_nothing() -> None:
    two_rounds = small(TWO_ROUNDS, "a", "b")

    report = staffing(two_rounds, house(two_rounds, ANA, BO), SearchEffort(0))

    assert {each.standing for each in (*report.ends, *report.rounds)} == {Feasibility.UNKNOWN}
    assert not report.complete
