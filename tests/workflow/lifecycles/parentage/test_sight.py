"""What a case looks at above it is there and may be shown, or its parent is refused with what is wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.engine.cases.family import KIND, part
from tests.workflow.engine.documents.above.test_kept import planned, report
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.across import faults

Edit = Callable[[dict[str, Any], dict[str, Any]], None]


def told(edit: Edit) -> list[str]:
    """What is wrong with a lifecycle with a plan and the one of its reports, once they are edited."""
    above, below = planned(), report()
    edit(above, below)
    child = from_tables(below, "below.toml")
    return [str(each) for each in faults(from_tables(above, "above.toml"), {child.key: child})]


def fields(raw: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = raw["documents"]["paper"]["sections"][0]["fields"]
    return found


def titled(above: dict[str, Any], _below: dict[str, Any]) -> None:
    """A case that begins by itself, since it has a title of its own."""
    fields(above).append({"key": "title", "label": "Title", "kind": "line"})


def another(at: int, **more: Any) -> Edit:
    def edit(above: dict[str, Any], below: dict[str, Any]) -> None:
        titled(above, below)
        fields(above)[at] = {**fields(above)[at], **more}

    return edit


def offering(vocabulary: str) -> Edit:
    def edit(above: dict[str, Any], below: dict[str, Any]) -> None:
        titled(above, below)
        fields(below)[0] = {**fields(below)[0], "vocabulary": vocabulary}

    return edit


def test_what_is_there_has_no_fault() -> None:
    assert told(titled) == []


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (
            offering("parent:paper:results.code"),
            "looks at 'parent:paper:results.code'; there is no",
        ),
        (offering("parent:plan:outputs.code"), "looks at 'parent:plan:outputs.code'; there is no"),
        (offering("parent:paper:outputs.key"), "'parent:paper:outputs.key'; 'outputs' has no such"),
        (offering("parent:paper:outputs.total"), "a field of kind 'money', which is no use there"),
        (another(1, confidential=True), "would show 'parent:paper:outputs.code', which is confid"),
        (another(0, kind="line"), "'parent:paper:total', a field of kind 'line', which is no use"),
        (another(0, key="sum"), "looks at 'parent:facts:total'; there is no such field above it"),
        (
            lambda above, _: above["documents"]["paper"].update(open_to="participants"),
            "would open 'parent:paper:outputs.code' to more people than 'paper' is open to",
        ),
    ],
)
def test_what_is_not_or_may_not_be_shown_is_told(edit: Edit, words: str) -> None:
    found = told(edit)

    assert all(each.startswith("children.part.lifecycle: names 'part', which ") for each in found)
    assert any(words in each for each in found), found


def test_what_nobody_begins_by_itself_is_judged_beside_what_opens_it() -> None:
    between = part("between", facts="paper") | {
        "children": {"part": {**KIND, "lifecycle": "part", "states": ["a"]}}
    }
    inner, leaf = from_tables(between, "b.toml"), from_tables(report(), "l.toml")
    root = planned(part={**KIND, "lifecycle": "between"})
    titled(root, {})
    without = planned(part={**KIND, "lifecycle": "between"})
    titled(without, {})
    fields(without)[1] = {**fields(without)[1], "key": "results"}
    known = {"between": inner, "part": leaf}

    assert faults(inner, known) == ()
    assert faults(from_tables(root, "r.toml"), known) == ()
    assert {str(each.place) for each in faults(from_tables(without, "w.toml"), known)} == {
        "children.part.lifecycle"
    }
