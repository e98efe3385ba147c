"""What a row carries has its place in the lifecycle of the child, or is refused with what would do."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.engine.cases.of_rows import of_one, of_rows
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.across import faults

Edit = Callable[[dict[str, Any], dict[str, Any]], None]


def told(edit: Edit) -> list[str]:
    """What is wrong with a lifecycle and the one of its rows, once they are edited."""
    above, one = of_rows(), of_one()
    edit(above, one)
    child = from_tables(one, "one.toml")
    return [str(each) for each in faults(from_tables(above, "rows.toml"), {child.key: child})]


def fields(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of the facts, or of the tables."""
    found: list[dict[str, Any]] = raw["documents"]["paper"]["sections"][0]["fields"]
    return found


def another(at: int, **more: Any) -> Edit:
    def edit(_above: dict[str, Any], one: dict[str, Any]) -> None:
        fields(one)[at] = {**fields(one)[at], **more}

    return edit


def test_what_fits_has_no_fault() -> None:
    assert told(lambda _above, _one: None) == []


def test_facts_that_have_no_form_are_told() -> None:
    (fault,) = told(lambda _above, one: one["documents"]["paper"].pop("sections"))

    assert fault == "children.action.carries: is said, and 'part' has no form of the facts"


def confidential(above: dict[str, Any], _one: dict[str, Any]) -> None:
    above["children"]["action"].pop("titled_by")
    fields(above)[1] = {**fields(above)[1], "confidential": True}


def choosing(above: dict[str, Any], one: dict[str, Any]) -> None:
    """What only rows that open nothing may say has no need of a place."""
    above["children"]["action"]["carries"] = {"said": "said"}
    said = {"key": "said", "label": "Said", "kind": "choice", "options": [["yes", "Yes"]]}
    fields(one).append(said)


def choosing_all(above: dict[str, Any], one: dict[str, Any]) -> None:
    choosing(above, one)
    above["children"]["action"].pop("rows")


def closed(above: dict[str, Any], _one: dict[str, Any]) -> None:
    above["documents"]["paper"]["open_to"] = "participants"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (another(1, key="acton"), "action: names 'action', which is no field of 'paper'; its fi"),
        (another(2, kind="line"), "due: puts a field of kind 'date' into 'due', a field of kind"),
        (another(1, longest=50), "action: puts up to 100 characters into 'action', which takes 50"),
        (confidential, "number: puts what is confidential into 'number', which is not"),
        (choosing_all, "said: may put 'no' into 'said', which does not offer it"),
        (closed, "puts what 'paper' opens to participants into 'paper', which is open to everyb"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(edit: Edit, words: str) -> None:
    assert any(words in each for each in told(edit)), told(edit)


def test_choices_of_rows_that_open_nothing_need_no_place() -> None:
    assert told(choosing) == []
