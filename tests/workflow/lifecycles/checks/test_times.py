from datetime import date
from typing import Any

import pytest

from tests.workflow.lifecycles.checks.declaring import check, found, stands
from workflow.lifecycles.checks.check import CheckKind
from workflow.lifecycles.checks.results import ConditionStatus

MET, UNMET, OPEN = ConditionStatus
PERIOD = check(CheckKind.AFTER, "end", to=("start",))
FRAMEWORK = check(CheckKind.WITHIN, "start", to=("case:begins", "case:ends"))
YEARS = check(CheckKind.WITHIN, "budget.year", to=("start", "end"))
KNOWN = {"begins": ("1997-01-01",), "ends": ("1999-12-31",)}


@pytest.mark.parametrize(
    ("start", "end", "standing"),
    [
        ("2027-01-01", "2028-06-30", MET),
        ("2027-01-01", "2027-01-01", UNMET),
        ("2027-01-01", "2026-12-31", UNMET),
        ("2027", "2028-01-01", MET),
        ("2027-01-01", "2027", UNMET),
        ("", "2028-06-30", OPEN),
        ("2027-01-01", "", OPEN),
        ("soon", "2028-06-30", OPEN),
        ("2027-02-30", "2028-06-30", OPEN),
        ("2027-01-01", "1999-W27-1", OPEN),
    ],
)
def test_an_end_comes_after_its_start(start: str, end: str, standing: ConditionStatus) -> None:
    assert stands(PERIOD, {"start": start, "end": end}) is standing


@pytest.mark.parametrize(
    ("start", "facts", "standing"),
    [
        ("1997-01-01", KNOWN, MET),
        ("1999-12-31", KNOWN, MET),
        ("1996-12-31", KNOWN, UNMET),
        ("2027-01-01", KNOWN, UNMET),
        ("2027-01-01", {"begins": ("2022-01-01",)}, MET),
        ("2021-01-01", {"begins": ("2022-01-01",), "ends": ()}, UNMET),
        ("20270", KNOWN, UNMET),
        ("5", KNOWN, UNMET),
        ("2027-01-01", {}, OPEN),
        ("", KNOWN, OPEN),
    ],
)
def test_a_day_lies_within_the_period_as_far_as_it_is_known(
    start: str, facts: dict[str, Any], standing: ConditionStatus
) -> None:
    assert stands(FRAMEWORK, {"start": start}, facts=facts) is standing


def test_a_year_is_held_against_the_years_of_days_and_named_where_it_is_outside() -> None:
    budget = [{"year": year} for year in ("1999", "2027", "2028", "2029")]
    period = {"start": "2027-07-01", "end": "2028-06-30"}

    outside = found(YEARS, {**period, "budget": budget})

    assert outside.held.wrong == ("1999", "2029")
    assert str(outside.said) == "It does not hold: 1999 and 2029 (possible: 2027 to 2028)"
    assert stands(YEARS, {**period, "budget": budget[1:3]}) is MET


def test_what_is_no_year_is_told_the_years_that_are_possible() -> None:
    period = {"start": "2027-07-01", "end": "2028-06-30"}

    alone = found(YEARS, {**period, "budget": [{"year": "20270"}]})
    beside = found(YEARS, {**period, "budget": [{"year": "2027"}, {"year": "20270"}]})

    assert str(alone.said) == "It does not hold: 20270 (possible: 2027 to 2028)"
    assert beside.held.wrong == ("20270",)


def test_a_day_outside_is_told_as_a_day_beside_the_first_and_the_last() -> None:
    late = found(FRAMEWORK, {"start": "2027-01-01"}, facts=KNOWN)
    open_end = found(FRAMEWORK, {"start": "2021-01-01"}, facts={"begins": ("2022-01-01",)})

    assert late.said.parts["which"] == (date(2027, 1, 1),)
    assert (late.said.parts["first"], late.said.parts["last"]) == (
        date(1997, 1, 1),
        date(1999, 12, 31),
    )
    assert "first" not in open_end.said.parts
