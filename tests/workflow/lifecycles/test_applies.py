"""For what a lifecycle applies: its conditions on what is known before a case is begun."""

from decimal import Decimal

import pytest

from workflow.lifecycles.applies import EVERYTHING, Applies, Precondition
from workflow.lifecycles.checks.results import ConditionStatus

FEW = Precondition("countries", at_most=Decimal(4))
MANY = Precondition("countries", at_least=Decimal(3))
BETWEEN = Precondition("cost", at_least=Decimal(10), at_most=Decimal(20))
KINDS = Precondition("modality", among=("triangular", "joint"))


@pytest.mark.parametrize(
    ("condition", "given", "standing"),
    [
        (FEW, Decimal(4), "met"),
        (FEW, Decimal(5), "unmet"),
        (FEW, Decimal(0), "met"),
        (MANY, Decimal(3), "met"),
        (MANY, Decimal(2), "unmet"),
        (BETWEEN, Decimal(10), "met"),
        (BETWEEN, Decimal(20), "met"),
        (BETWEEN, Decimal("9.99"), "unmet"),
        (BETWEEN, Decimal("20.01"), "unmet"),
        (BETWEEN, "15", "unmet"),
        (KINDS, "triangular", "met"),
        (KINDS, "joint", "met"),
        (KINDS, "standard", "unmet"),
        (KINDS, Decimal(1), "unmet"),
        (KINDS, "", "open"),
    ],
)
def test_a_condition_stands_by_what_is_given(
    condition: Precondition, given: Decimal | str, standing: str
) -> None:
    assert condition.stands({condition.of: given}) == standing


@pytest.mark.parametrize("condition", [FEW, MANY, BETWEEN, KINDS])
def test_what_is_not_said_leaves_a_condition_open(condition: Precondition) -> None:
    assert condition.stands({"sector": "12220"}) is ConditionStatus.OPEN


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        ({}, "open"),
        ({"countries": Decimal(3)}, "open"),
        ({"countries": Decimal(3), "modality": "joint"}, "met"),
        ({"countries": Decimal(9)}, "unmet"),
        ({"countries": Decimal(9), "modality": "joint"}, "unmet"),
        ({"modality": "standard"}, "unmet"),
    ],
)
def test_one_condition_that_is_not_met_outweighs_those_that_are_open(
    known: dict[str, Decimal | str], standing: str
) -> None:
    assert Applies("For joint programmes.", (FEW, KINDS)).standing(known) == standing


def test_what_names_no_condition_is_for_everything() -> None:
    assert EVERYTHING.standing({}) is ConditionStatus.MET
    assert EVERYTHING.asks == frozenset()
    assert Applies(when=(FEW, KINDS)).asks == {"countries", "modality"}
