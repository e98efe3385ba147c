"""A round is due on a day that a document says, and that nobody writes anew while it is open."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, Edit, edited, faults_of, put


def due(place: Any) -> Edit:
    def edit(raw: dict[str, Any]) -> None:
        raw["rounds"]["begin_delivery"].pop("within", None)
        raw["rounds"]["begin_delivery"]["due"] = place

    return edit


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("proposal:title", "a date is expected"),
        ("proposal:start", "no field here"),
        ("plan:planned_end", "no document"),
        ("planned_end", "no field here"),
        ("case:framework_ends", "must name a date of a document"),
        ("parent:Plan:ends", "no place of the case above"),
        (3, "a text is expected"),
    ],
)
def test_a_place_without_a_day_is_told(place: Any, words: str) -> None:
    found = [str(each) for each in faults_of(edited(due(place)))]

    assert any(
        each.startswith(f"{STANDARD.name}: rounds.begin_delivery.due: ") and words in each
        for each in found
    ), found


@pytest.mark.parametrize("place", ["proposal:planned_end", "parent:proposal:planned_end"])
def test_a_day_of_a_document_or_of_the_case_above_will_do(place: str) -> None:
    assert faults_of(edited(due(place))) == ()


def test_a_day_that_may_be_written_anew_while_it_counts_is_told() -> None:
    states = put("documents/proposal/written_in", ["draft", "inception"])

    found = [str(each) for each in faults_of(edited(due("proposal:planned_end"), states))]

    assert any("which may be written anew in 'inception'" in each for each in found), found


def test_there_is_no_other_end_beside_it() -> None:
    both = put("rounds/begin_delivery/due", "proposal:planned_end")

    found = [str(each) for each in faults_of(edited(both))]

    assert any("no other end" in each for each in found), found
