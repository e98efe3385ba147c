"""A lifecycle for a fund: what it names and the house does not know is told with its place."""

from dataclasses import replace

from tests.workflow.offices.test_setup import COMPLETE, CONSENTS, EMERGENCY, EVALUATION, STANDARD
from workflow.lifecycles.applies import Applies, Precondition
from workflow.offices.checks.keys import (
    frameworks_of_lifecycles,
    parties_of_lifecycles,
    unknown_frameworks,
    unknown_parties,
)
from workflow.vocabulary import OFFICES

OF_TWO = replace(
    CONSENTS,
    applies=Applies(
        when=(
            Precondition("countries", at_least=None),
            Precondition("framework", among=("ibsa", "unfssc")),
        )
    ),
)


def test_each_key_that_is_not_known_is_told_with_the_place_of_its_condition() -> None:
    nothing, one = unknown_frameworks(OF_TWO, ()), unknown_frameworks(OF_TWO, {"ibsa"})

    assert [str(each.place) for each in nothing] == ["applies.when[1].among"] * 2
    assert [each.problem.parts["key"] for each in one] == ["unfssc"]
    assert unknown_frameworks(OF_TWO, {"ibsa", "unfssc", "F7"}) == ()


def test_what_is_for_no_fund_names_none() -> None:
    assert unknown_frameworks(STANDARD, ()) == unknown_frameworks(EMERGENCY, ()) == ()


def test_the_set_up_misses_each_of_them() -> None:
    facts = replace(COMPLETE, lifecycles=(STANDARD, OF_TWO), frameworks=frozenset({"unfssc"}))

    (lack,) = frameworks_of_lifecycles(facts)

    assert str(lack.what) == "A framework or fund with the key “ibsa”"


def test_a_seat_of_a_party_that_is_not_there_is_told_with_its_place() -> None:
    assert unknown_parties(STANDARD, OFFICES) == unknown_parties(EVALUATION, OFFICES) == ()
    assert unknown_parties(STANDARD, OFFICES[:1]) == ()
    found = unknown_parties(EVALUATION, OFFICES[:1])

    assert {each.problem.parts["key"] for each in found} == {"evaluation-office"}
    assert all(str(each.place).endswith(".of") for each in found)


def test_the_set_up_misses_a_party_once_however_often_it_is_asked() -> None:
    facts = replace(COMPLETE, lifecycles=(STANDARD,), parties=frozenset(OFFICES[1:]))

    (lack,) = parties_of_lifecycles(facts)

    assert str(lack.what) == "A party with the key “special-unit”"
    assert (lack.way, lack.stops) == ("parties", False)
