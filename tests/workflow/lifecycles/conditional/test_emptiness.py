"""Conditions over what may be empty are refused, each at its place."""

import tomllib
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, childless, edited, faults_of, put
from tests.workflow.lifecycles.broken.conditions import COST
from tests.workflow.lifecycles.with_children import STUDY

QUESTION = {"key": "class", "label": "Class", "kind": "choice", "required": True,
            "options": [["minor", "Minor"], ["redesign", "Redesign"]]}  # fmt: skip
ASKED = tomllib.loads(STANDARD.read_text(encoding="utf-8"))["rounds"]["screening"]["questions"]
TRIANGULAR = tomllib.loads(STANDARD.with_name("triangular.toml").read_text(encoding="utf-8"))
MINOR = {"kind": "is", "of": ["class"], "is": ["minor"], "words": "It is minor"}
AT = "rounds.screening.outcomes"


def screening(outcome: str, condition: dict[str, Any], **question: Any) -> list[str]:
    """The faults of a screening with a question, on which an outcome depends."""
    asked = put("rounds/screening/questions", [*ASKED, {**QUESTION, **question}])
    ways = [{"when": [condition], "state": "rejected"}, {"state": "returned"}]
    raw = edited(asked, put(f"rounds/screening/outcomes/{outcome}", ways))
    return [str(each.problem) for each in faults_of(raw) if AT in str(each.place)]


def test_a_condition_on_what_is_filled_in_and_filed_is_sound() -> None:
    assert screening("return", COST) == []


def test_whoever_agrees_has_answered() -> None:
    assert screening("open_consultation", MINOR) == []


def test_whoever_is_against_need_not_have_answered() -> None:
    (problem,) = screening("return", MINOR)

    assert "who is against need not answer it" in problem


def test_a_question_may_be_left_open_where_nothing_requires_it() -> None:
    (problem,) = screening("open_consultation", MINOR, required=False)

    assert "say 'required = true' of the field" in problem


def test_of_many_who_answer_no_condition_looks_at_one() -> None:
    raw = edited(
        put("rounds/decision/questions", [QUESTION]),
        put(
            "rounds/decision/outcomes/approve",
            [{"when": [MINOR], "state": "deferred"}, {"state": "signature"}],
        ),
    )

    (problem,) = (str(each.problem) for each in faults_of(raw))

    assert "many answer a rule of kind 'consensus'" in problem


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("proposal:title", []),
        ("proposal:executing_agency", []),
        ("proposal:donors", ["say 'required = true' of the field"]),
        ("final_report:results", ["can be missing by then"]),
    ],
)
def test_a_seat_is_asked_by_what_is_filed_when_its_round_opens(of: str, said: list[str]) -> None:
    condition = {"kind": "is", "of": [of], "is": ["undp"], "words": "It is so"}

    found = faults_of(edited(put("rules/partners_sign/seats/3/when", [condition]), raw=TRIANGULAR))

    assert len(found) == len(said)
    assert all(end in str(each.problem) for end, each in zip(said, found, strict=True))
    assert all("rules.partners_sign.seats[3].when[0]" in str(each.place) for each in found)


def test_what_was_begun_elsewhere_may_stand_where_nothing_was_filed() -> None:
    condition = {"kind": "is", "of": ["proposal:title"], "is": ["x"], "words": "It is x"}

    (fault,) = faults_of(edited(put("rules/appraisal_advice/seats/4/when", [condition])))

    assert "'proposal' can be missing by then" in str(fault.problem)


@pytest.mark.parametrize(
    ("opens", "sound"),
    [
        ({"opens": "on entry", "states": ["consultation"]}, True),
        ({"opens": "on entry", "states": ["draft"]}, False),
        ({"opens": "on entry", "states": ["consultation", "draft"]}, False),
        ({"opens": "by schedule", "states": ["consultation"], "every": "month"}, True),
        ({"opens": "by schedule", "states": ["draft"], "every": "month"}, False),
        ({"opens": "on entry", "states": ["answering"]}, True),
        ({"opens": "by schedule", "states": ["answering"], "every": "month"}, False),
        # What was begun elsewhere may lose its lead group, and comes back without a proposal.
        ({"opens": "on entry", "states": ["returned"]}, False),
        ({"opens": "by schedule", "states": ["returned"], "every": "month"}, False),
        ({"opens": "by outcome"}, True),
    ],
)
def test_a_child_opens_on_a_condition_only_over_what_is_filed_by_then(
    opens: dict[str, Any], sound: bool
) -> None:
    study = {key: value for key, value in STUDY.items() if key != "states"} | opens
    asked = put("rounds/screening/outcomes/return", {"state": "returned", "children": ["study"]})
    edits = [put("children", {"study": study}), *([asked] if len(opens) == 1 else [])]

    problems = [str(each) for each in faults_of(edited(*edits, raw=childless()))]

    assert problems == [] if sound else all("children.study.when[0]: " in p for p in problems)
    assert bool(problems) is not sound
