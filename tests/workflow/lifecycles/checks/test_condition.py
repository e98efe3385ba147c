"""Conditions: what they hold of, and what has to be there for them to say anything."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from tests.workflow.lifecycles.checks.declaring import check, places
from workflow.lifecycles.checks import hold
from workflow.lifecycles.checks.check import CheckKind, FormCheck
from workflow.lifecycles.checks.condition import CaseCondition
from workflow.lifecycles.checks.known import KnownValues

DEVELOPING = {"developing": frozenset({"AGO", "CPV", "MOZ"})}
CEILING = check(CheckKind.AT_MOST, "grant:asked", amount=Decimal(40000))
SHARE = check(CheckKind.AT_LEAST, "grant:own", to=("grant:asked",))
THREE = check(CheckKind.GIVEN, "grant:countries", number=3, among="developing")
DONOR = check(CheckKind.GIVEN, "grant:donors")
NATURE = check(CheckKind.IS, "grant:nature", words=frozenset({"joint", "regional"}))
ANSWERED = check(CheckKind.IS, "class", words=frozenset({"minor"}))


def holds(relation: FormCheck, grant: Mapping[str, Any], **own: Any) -> bool:
    known = KnownValues(own, {"grant": grant} if grant else {}, groups=DEVELOPING)
    return hold((CaseCondition("It is so", relation),), known)


@pytest.mark.parametrize(
    ("relation", "grant", "held"),
    [
        (CEILING, {"asked": "40000"}, True),
        (CEILING, {"asked": "40000.01"}, False),
        (SHARE, {"asked": "100", "own": "100"}, True),
        (SHARE, {"asked": "100", "own": "99.99"}, False),
        (THREE, {"countries": ["AGO", "CPV", "MOZ"]}, True),
        (THREE, {"countries": ["AGO", "MOZ", "NOR"]}, False),
        (THREE, {"countries": ["AGO", "AGO", "MOZ"]}, False),
        (DONOR, {"donors": ["nor"]}, True),
        (DONOR, {"donors": []}, False),
        (DONOR, {}, False),
        (NATURE, {"nature": "joint"}, True),
        (NATURE, {"nature": "national"}, False),
        (NATURE, {"nature": ["joint", "regional"]}, True),
        (NATURE, {"nature": ["joint", "national"]}, False),
    ],
)
def test_a_condition_holds_of_what_was_filed(
    relation: FormCheck, grant: Mapping[str, Any], held: bool
) -> None:
    assert holds(relation, grant) is held


@pytest.mark.parametrize("relation", [CEILING, SHARE, THREE, DONOR, NATURE, ANSWERED])
def test_of_what_is_not_known_no_condition_holds(relation: FormCheck) -> None:
    assert not holds(relation, {})


def test_a_condition_holds_of_an_answer() -> None:
    assert holds(ANSWERED, {}, **{"class": "minor"})
    assert not holds(ANSWERED, {}, **{"class": "substantive"})


def test_all_conditions_have_to_hold() -> None:
    known = KnownValues({}, {"grant": {"asked": "1", "own": "0", "donors": ["nor"]}})

    assert hold((), known)
    assert hold((CaseCondition("", CEILING), CaseCondition("", DONOR)), known)
    assert not hold((CaseCondition("", CEILING), CaseCondition("", SHARE)), known)


def test_what_asks_whether_something_is_there_needs_nothing_to_be_there() -> None:
    assert tuple(CaseCondition("", DONOR).needs()) == ()
    assert tuple(CaseCondition("", SHARE).needs()) == places("grant:own", "grant:asked")
