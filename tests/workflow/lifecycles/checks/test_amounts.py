from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.workflow.lifecycles.checks.declaring import check, found, only, stands
from workflow.lifecycles.checks.check import CheckKind
from workflow.lifecycles.checks.results import ConditionStatus

MET, UNMET, OPEN = ConditionStatus
TOTAL = check(CheckKind.EQUAL, "budget.amount", to=("total",))
CEILING = check(CheckKind.AT_MOST, "total", amount=Decimal(10))
FLOOR = check(CheckKind.AT_LEAST, "total", amount=Decimal(10), share=Fraction(1, 2))
BALANCE = check(CheckKind.EQUAL, "spent", "balance", to=("received",))
OVERHEADS = check(
    CheckKind.AT_MOST,
    "budget.amount",
    to=("total",),
    share=Fraction(15, 100),
    rows=only("nature", "overhead"),
)
MATCHING = check(
    CheckKind.AT_LEAST,
    "budget.amount",
    to=("total",),
    share=Fraction(1, 2),
    rows=only("nature", "matching"),
)


def lines(*amounts: str, **more: str) -> list[dict[str, str]]:
    return [{"amount": amount, **more} for amount in amounts]


@pytest.mark.parametrize(
    ("content", "standing"),
    [
        ({"budget": lines("2", "3"), "total": "5"}, MET),
        ({"budget": lines("2.50", "2.5"), "total": "5.00"}, MET),
        ({"budget": lines("5"), "total": "1"}, UNMET),
        ({"budget": lines("5"), "total": "0"}, UNMET),
        ({"budget": lines("5"), "total": "6"}, UNMET),
        ({"budget": lines("5", ""), "total": "5"}, MET),
        ({"budget": lines("5", "many"), "total": "5"}, MET),
        ({"budget": lines("5", "NaN"), "total": "5"}, MET),
        ({"budget": lines("-1", "6"), "total": "5"}, MET),
        ({"budget": ["5"], "total": "5"}, OPEN),
        ({"budget": lines("5")}, OPEN),
        ({"total": "5"}, OPEN),
        ({}, OPEN),
    ],
)
def test_a_sum_is_held_against_its_total(
    content: dict[str, Any], standing: ConditionStatus
) -> None:
    assert stands(TOTAL, content) is standing


@pytest.mark.parametrize(
    ("total", "below", "above"),
    [
        ("10", MET, MET),
        ("10.01", UNMET, MET),
        ("5", MET, MET),
        ("4.99", MET, UNMET),
        ("", MET, UNMET),
    ],
)
def test_an_amount_is_held_against_one_that_the_lifecycle_sets(
    total: str, below: ConditionStatus, above: ConditionStatus
) -> None:
    content = {"total": total}

    assert (stands(CEILING, content), stands(FLOOR, content)) == (below, above)


@pytest.mark.parametrize(
    ("received", "spent", "balance", "standing"),
    [
        ("385000", "383500", "1500", MET),
        ("100", "900000", "12345", UNMET),
        ("100", "120", "-20", MET),
        ("100", "100", "0", MET),
        ("100", "100", "", OPEN),
    ],
)
def test_a_balance_is_what_is_left(
    received: str, spent: str, balance: str, standing: ConditionStatus
) -> None:
    content = {"received": received, "spent": spent, "balance": balance}

    assert stands(BALANCE, content) is standing


@pytest.mark.parametrize(
    ("overhead", "total", "standing"),
    [
        ("15", "100", MET),
        ("15.01", "100", UNMET),
        ("0.15", "1", MET),
        ("14", "99", MET),
        ("15", "99", UNMET),
        ("", "100", MET),
        ("15", "", OPEN),
    ],
)
def test_a_ceiling_is_a_share_of_the_whole(
    overhead: str, total: str, standing: ConditionStatus
) -> None:
    budget = [*lines("80", nature="activities"), *lines(overhead, nature="overhead")]

    assert stands(OVERHEADS, {"budget": budget, "total": total}) is standing


@pytest.mark.parametrize(
    ("matching", "standing"), [("50", MET), ("60", MET), ("49.99", UNMET), ("", UNMET)]
)
def test_a_floor_is_a_share_of_the_whole(matching: str, standing: ConditionStatus) -> None:
    budget = [*lines("50", nature="activities"), *lines(matching, nature="matching")]

    assert stands(MATCHING, {"budget": budget, "total": "100"}) is standing


def test_what_differs_says_by_how_much() -> None:
    short = found(TOTAL, {"budget": lines("384999.50"), "total": "385000"})
    over = found(OVERHEADS, {"budget": lines("20", nature="overhead"), "total": "100"})

    assert short.held.differ == Decimal("0.50")
    assert str(short.said) == "It does not hold by USD 0.50"
    assert str(over.said) == "It does not hold by USD 5"


def test_an_amount_of_another_document_counts() -> None:
    plan = check(CheckKind.AT_MOST, "activities.amount", to=("project:total",))
    content = {"activities": lines("9999999")}

    assert stands(plan, content) is OPEN
    assert stands(plan, content, documents={"project": {"total": "385000"}}) is UNMET


@pytest.mark.parametrize(
    ("year", "standing"),
    [("2027", MET), ("2028", UNMET), ("2029", UNMET), ("", UNMET)],
)
def test_what_is_filed_for_each_year_counts_together_and_the_newest_of_one_year_alone(
    year: str, standing: ConditionStatus
) -> None:
    plan = check(CheckKind.AT_MOST, "activities", to=("project:total",), across="year")
    before = ("2028", "40"), ("2027", "70"), ("2027", "100")
    known = {
        "documents": {"project": {"total": "100"}},
        "earlier": tuple({"year": of, "activities": cost} for of, cost in before),
    }

    assert stands(plan, {"year": year, "activities": "60"}, **known) is standing
