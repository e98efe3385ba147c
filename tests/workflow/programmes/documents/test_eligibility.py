from decimal import Decimal

import pytest

from workflow.programmes.documents.eligibility import ConditionStatus, Hint, hints

GOOD = {
    "participating_countries": ["MOZ", "AGO"],
    "budget": [{"amount": "150000"}, {"amount": "235000.50"}],
    "total_cost": "385000.50",
    "planned_start": "2027-01-01",
    "planned_end": "2028-06-30",
}


def hint(key: str, content: dict[str, object], proposer: str = "MOZ", letters: int = 1) -> Hint:
    return next(each for each in hints(content, proposer, letters) if each.key == key)


def test_a_good_proposal_meets_every_condition() -> None:
    assert {each.standing for each in hints(GOOD, "MOZ", 1)} == {ConditionStatus.MET}


def test_nothing_is_held_against_an_empty_proposal() -> None:
    found = {each.key: each.standing for each in hints({}, "MOZ", 0)}

    assert found == {
        "countries": ConditionStatus.OPEN,
        "donor": ConditionStatus.MET,
        "total": ConditionStatus.OPEN,
        "period": ConditionStatus.OPEN,
        "letter": ConditionStatus.OPEN,
    }


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("countries", {"participating_countries": ["MOZ"]}),
        ("countries", {"participating_countries": ["MOZ", "NOR"]}),
        ("donor", {"participating_countries": ["MOZ", "AGO", "NOR"]}),
        ("total", {"total_cost": "390000.50"}),
        ("period", {"planned_end": "2027-01-01"}),
        ("period", {"planned_end": "2026-12-31"}),
    ],
)
def test_what_screening_would_find_is_told(key: str, change: dict[str, object]) -> None:
    assert hint(key, {**GOOD, **change}).standing is ConditionStatus.UNMET


def test_a_donor_country_does_not_propose() -> None:
    assert hint("donor", GOOD, proposer="NOR").standing is ConditionStatus.UNMET


def test_the_total_says_by_how_much_it_differs() -> None:
    assert hint("total", {**GOOD, "total_cost": "390000.50"}).figure == Decimal(5000)


@pytest.mark.parametrize("amount", ["", "many", None, ["1"]])
def test_an_amount_that_is_none_counts_for_nothing(amount: object) -> None:
    found = hint("total", {**GOOD, "budget": [{"amount": "385000.50"}, {"amount": amount}]})

    assert found.standing is ConditionStatus.MET
