from typing import Any

import pytest

from tests.workflow.lifecycles.checks.declaring import check, found, only, places, stands
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.check import CheckKind, OnlyWhere, ValuePlace
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import ConditionStatus

MET, UNMET, OPEN = ConditionStatus
GROUPS = {"developing": frozenset({"MOZ", "AGO"}), "donors": frozenset({"NOR", "DEU"})}
TWO = check(CheckKind.GIVEN, "countries", among="developing", number=2)
NO_DONOR = check(CheckKind.NONE, "countries", among="donors")
TRIANGULAR = OnlyWhere(ValuePlace("modality"), frozenset({"triangular"}))
DONOR = check(CheckKind.GIVEN, "donors", when=TRIANGULAR)
MATCHING = check(CheckKind.GIVEN, "budget.amount", rows=only("nature", "matching"))
ANSWERED = check(CheckKind.ANSWERS, "responses.number", to=("report:items.number",))
ONCE = check(CheckKind.ONCE, "items.number")
FILED = check(CheckKind.FILED, to=("report:",))
SAME = check(CheckKind.SAME, "start", to=("proposal:start",))


def numbered(*numbers: str) -> list[dict[str, str]]:
    return [{"number": number} for number in numbers]


@pytest.mark.parametrize(
    ("countries", "enough", "no_donor"),
    [
        (["MOZ", "AGO"], MET, MET),
        (["MOZ"], UNMET, MET),
        (["NOR", "DEU"], UNMET, UNMET),
        (["MOZ", "NOR"], UNMET, UNMET),
        (["MOZ", "AGO", "NOR"], MET, UNMET),
        (["MOZ", "MOZ"], UNMET, MET),
        ([], OPEN, OPEN),
    ],
)
def test_so_many_of_a_group_and_none_of_another(
    countries: list[str], enough: ConditionStatus, no_donor: ConditionStatus
) -> None:
    content = {"countries": countries}

    assert stands(TWO, content, groups=GROUPS) is enough
    assert stands(NO_DONOR, content, groups=GROUPS) is no_donor


def test_what_is_asked_under_a_condition_is_not_asked_without_it() -> None:
    assert stands(DONOR, {"modality": "triangular", "donors": ["nor"]}) is MET
    assert stands(DONOR, {"modality": "triangular"}) is UNMET
    assert findings([DONOR], KnownValues({"modality": "standard"})) == ()
    assert findings([DONOR], KnownValues({})) == ()


def test_only_the_rows_that_say_so_count() -> None:
    plain = {"nature": "activities", "amount": "5"}

    assert stands(MATCHING, {"budget": [plain]}) is UNMET
    assert stands(MATCHING, {"budget": [plain, {**plain, "nature": "matching"}]}) is MET
    assert stands(MATCHING, {"budget": []}) is OPEN


@pytest.mark.parametrize(
    ("responses", "wrong"),
    [
        (("1", "2", "3"), ()),
        (("3", "1", "2"), ()),
        (("99",), ("1", "2", "3", "99")),
        (("1", "2"), ("3",)),
        (("1", "1", "2", "3"), ("1",)),
        (("1", "2", "3", "4"), ("4",)),
    ],
)
def test_each_row_is_answered_once_and_no_other(
    responses: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    report = {"report": {"items": numbered("1", "2", "3")}}

    told = found(ANSWERED, {"responses": numbered(*responses)}, documents=report)

    assert told.held.wrong == wrong
    assert told.standing is (UNMET if wrong else MET)


def test_what_answers_a_report_that_is_not_there_is_told_by_a_check_of_its_own() -> None:
    content = {"responses": numbered("99")}

    assert stands(ANSWERED, content) is OPEN
    assert stands(FILED, content) is UNMET
    assert stands(FILED, content, documents={"report": {}}) is MET


def test_a_number_that_stands_twice_is_named() -> None:
    assert found(ONCE, {"items": numbered("10", "2", "10", "2", "1")}).held.wrong == ("2", "10")
    assert stands(ONCE, {"items": numbered("1", "2")}) is MET


@pytest.mark.parametrize(
    ("here", "there", "standing"),
    [
        ("2027-01-01", "2027-01-01", MET),
        ("1000", "1000.00", MET),
        ("1", "10", UNMET),
        ("2028-01-01", "2027-01-01", UNMET),
        ("", "2027-01-01", OPEN),
        ("2027-01-01", "", OPEN),
    ],
)
def test_what_is_repeated_is_the_same(here: str, there: str, standing: ConditionStatus) -> None:
    assert stands(SAME, {"start": here}, documents={"proposal": {"start": there}}) is standing


@pytest.mark.parametrize("word", ["1E+1000000", "9" * 60, "1_0", "sNaN"])
def test_words_that_only_resemble_an_amount_compare_as_words(word: str) -> None:
    earlier = {"proposal": {"start": word}}

    assert stands(SAME, {"start": word}, documents=earlier) is MET
    assert stands(SAME, {"start": "10"}, documents=earlier) is UNMET


@pytest.mark.parametrize("odd", [None, 7, "x", ["x"], [["x"]], [{"number": ["1"]}], {"a": "b"}])
def test_a_value_of_another_shape_is_no_value(odd: Any) -> None:
    content = {"items": odd, "responses": odd, "budget": odd, "countries": odd}

    told = [stands(asked, content) for asked in (ONCE, ANSWERED, MATCHING, TWO)]

    assert told[:3] == [MET, OPEN, OPEN]


@pytest.mark.parametrize(
    ("agreed", "wrong"),
    [
        (("AGO",), ()),
        ((), ("AGO",)),
        (("MOZ", "AGO"), ("MOZ",)),
        (("AGO", "AGO"), ("AGO",)),
        (("TLS",), ("AGO", "TLS")),
    ],
)
def test_who_need_not_answer_is_left_out(agreed: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    asked = check(
        CheckKind.ANSWERS, "agreements.country", to=("countries",), besides=places("case:proposer")
    )
    rows = [{"country": country} for country in agreed]
    content = {"countries": ["MOZ", "AGO"], "agreements": rows}

    told = found(asked, content, facts={"proposer": ("MOZ",)})

    assert told.held.wrong == wrong
    assert ("Angola" in str(told.said)) is ("AGO" in wrong)


@pytest.mark.parametrize(
    ("found_by_the_house", "answered", "standing"),
    [
        ((), (), OPEN),
        (("C-1",), (), UNMET),
        (("C-1",), ("C-1",), MET),
        (("C-1", "C-2"), ("C-1",), UNMET),
    ],
)
def test_what_the_house_found_is_not_passed_over_in_silence(
    found_by_the_house: tuple[str, ...], answered: tuple[str, ...], standing: ConditionStatus
) -> None:
    asked = check(CheckKind.ANSWERS, "responses.number", to=("case:matches",))

    told = stands(asked, {"responses": numbered(*answered)}, facts={"matches": found_by_the_house})

    assert told is standing


@pytest.mark.parametrize(
    ("against", "standing", "wrong"),
    [
        ((), MET, ()),
        (("ZMB",), MET, ()),
        (("AGO",), UNMET, ("AGO",)),
        (("MOZ", "AGO", "ZMB"), UNMET, ("AGO", "MOZ")),
    ],
)
def test_who_said_no_in_a_round_is_named(
    against: tuple[str, ...], standing: ConditionStatus, wrong: tuple[str, ...]
) -> None:
    willing = check(CheckKind.NONE, "countries", to=("against:consent",))

    finding = found(willing, {"countries": ["MOZ", "AGO"]}, against={"consent": against})

    assert (finding.standing, finding.held.wrong) == (standing, wrong)
