"""Checks that say nothing where another one does not hold, and which of them a file may name."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import small_raw
from tests.workflow.lifecycles.checks.declaring import check
from workflow.errors import FaultyFile
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.check import CheckKind
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.loader.files import body_of, from_body

LOW = check(CheckKind.IS, "low", words=frozenset({"x"}), key="low", yields_to=("middle", "high"))
MIDDLE = check(CheckKind.IS, "middle", words=frozenset({"x"}), key="middle", yields_to=("high",))
HIGH = check(CheckKind.IS, "high", words=frozenset({"x"}), key="high")


@pytest.mark.parametrize(
    ("content", "unmet"),
    [
        ({}, ["high"]),
        ({"high": "x"}, ["middle"]),
        ({"high": "x", "middle": "x"}, ["low"]),
        ({"low": "x"}, ["high"]),
        ({"high": "x", "middle": "x", "low": "x"}, []),
    ],
)
def test_of_checks_that_yield_the_highest_alone_is_told(
    content: dict[str, Any], unmet: list[str]
) -> None:
    known = KnownValues({"low": "no", "middle": "no", "high": "no"} | content)

    found = findings([LOW, MIDDLE, HIGH], known)

    assert [each.check.key for each in found if each.unmet] == unmet


@pytest.mark.parametrize(
    ("yielding", "said"),
    [
        ({"one": ["two"], "two": ["one"]}, "names 'two', which yields to this one in turn"),
        ({"one": ["one"]}, "names 'one', which yields to this one in turn"),
        ({"one": ["tow"]}, "names 'tow', which is no check of this form"),
    ],
)
def test_a_check_yields_to_others_of_its_form_and_to_none_that_yields_to_it(
    yielding: dict[str, list[str]], said: str
) -> None:
    raw = small_raw({"task": {"states": ["a"], "outcomes": {"done": "z"}}}, "a")
    field = {"key": "here", "label": "Here", "kind": "line"}
    told = {
        "kind": "given",
        "of": ["here"],
        "at": "here",
        "label": "It holds",
        "problem": "It does not",
    }
    raw["documents"]["paper"] |= {
        "sections": [{"key": "one", "title": "One", "fields": [field]}],
        "checks": [
            {**told, "key": key, **({"yields_to": yielding[key]} if key in yielding else {})}
            for key in ("one", "two")
        ],
    }

    with pytest.raises(FaultyFile) as refused:
        from_body(body_of(raw))

    assert any(said in str(each) for each in refused.value.faults), refused.value.faults
