"""What a form says is held against what is in force, row by row, and against what was in force as it was written."""

from fractions import Fraction
from typing import Any

import pytest

from tests.workflow.lifecycles.checks.declaring import check, found, stands
from workflow.lifecycles.checks.check import IN_FORCE, CheckKind
from workflow.lifecycles.checks.results import ConditionStatus

MET, UNMET, OPEN = ConditionStatus
OTHER = check(CheckKind.OTHER, "end", to=("in_force:planned_end",))
UNMOVED = check(CheckKind.UNMOVED, "end", to=("in_force:planned_end",))
AGREES = check(
    CheckKind.AGREES, "lines.output", "lines.approved",
    to=("in_force:outputs.output", "in_force:outputs.amount"),
)  # fmt: skip
TENTH = check(
    CheckKind.EACH_AT_MOST, "lines.output", "lines.moved", to=("lines.output", "lines.approved"),
    share=Fraction(1, 10), beside="class",
)  # fmt: skip


def force(**facts: Any) -> dict[str, Any]:
    """What is in force of the case above."""
    return {"documents": {IN_FORCE: facts}}


def moved(*rows: tuple[str, str, str], of: str = "minor") -> dict[str, Any]:
    """A text of a class that moves money from outputs."""
    keys = ("output", "approved", "moved")
    return {"class": of, "lines": [dict(zip(keys, row, strict=True)) for row in rows]}


@pytest.mark.parametrize(
    ("end", "standing"), [("2029-01-01", MET), ("2028-06-30", UNMET), ("", OPEN)]
)
def test_something_else_than_is_in_force(end: str, standing: ConditionStatus) -> None:
    assert stands(OTHER, {"end": end}, **force(planned_end="2028-06-30")) is standing
    assert stands(OTHER, {"end": end}) is OPEN


@pytest.mark.parametrize(
    ("end", "then", "now", "standing"),
    [
        ("2029-01-01", "2028-06-30", "2028-06-30", MET),
        ("2029-01-01", "2028-06-30", "2028-12-31", UNMET),
        ("2029-01-01", "2028-06-30", "2029-01-01", MET),
        ("2028-06-30", "2028-06-30", "2028-12-31", MET),
        ("", "2028-06-30", "2028-12-31", MET),
        ("2029-01-01", "", "2028-12-31", UNMET),
    ],
)
def test_what_changes_something_is_held_against_what_is_in_force_by_now(
    end: str, then: str, now: str, standing: ConditionStatus
) -> None:
    held = found(UNMOVED, {"end": end}, then={"planned_end": then}, **force(planned_end=now))

    assert held.standing is standing
    assert held.held.wrong == ((now,) if standing is UNMET else ())


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("Courses", "150000.00", "1"), ()),
        (("Courses", "150001", "1"), ("Courses: 150000",)),
        (("Nurses", "150000", "1"), ("Nurses",)),
    ],
)
def test_each_row_says_what_is_in_force_for_its_name(
    row: tuple[str, str, str], wrong: tuple[str, ...]
) -> None:
    sums = force(
        outputs=[{"output": "Courses", "amount": "150000"}, {"output": "T", "amount": "1"}]
    )

    assert found(AGREES, moved(row), **sums).held.wrong == wrong
    assert stands(AGREES, moved(row)) is OPEN


def test_of_each_row_no_more_than_a_share() -> None:
    two = moved(("A", "1000", "100"), ("B", "500", "51"))

    assert found(TENTH, two).held.wrong == ("B",)
    assert stands(TENTH, moved(("A", "1000", "60"), ("A", "1000", "60"))) is UNMET
    assert stands(TENTH, moved(("A", "1000", "100"))) is MET
    assert stands(TENTH, {}) is OPEN


def test_what_was_moved_by_others_of_the_class_counts_from_what_stood_before_them() -> None:
    earlier = (moved(("A", "1000", "60")), moved(("A", "940", "900"), of="substantive"))

    assert stands(TENTH, moved(("A", "940", "40")), beside=earlier) is MET
    assert stands(TENTH, moved(("A", "940", "41")), beside=earlier) is UNMET
    assert stands(TENTH, moved(("B", "100", "10")), beside=earlier) is MET
