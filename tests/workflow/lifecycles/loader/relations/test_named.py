"""Whoever answers a round in person is named in the answer to a question, and for nothing else is anybody named."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, faults_of

Change = Callable[[dict[str, Any]], object]


def question(raw: dict[str, Any]) -> dict[str, Any]:
    """The question in which an evaluator is named."""
    found: dict[str, Any] = raw["rounds"]["appointing"]["questions"][0]
    return found


def found(change: Change) -> list[str]:
    """What is said of the evaluation once it is changed so."""
    raw = tomllib.loads(STANDARD.with_name("evaluation.toml").read_text(encoding="utf-8"))
    change(raw)
    return [str(each) for each in faults_of(raw)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda raw: raw["rounds"]["drafting"].update(answered_by="appointing.nobody"),
            "rounds.drafting.answered_by: is 'appointing.nobody', which names nobody",
        ),
        (
            lambda raw: raw["rounds"]["drafting"].update(answered_by="evaluator"),
            "rounds.drafting.answered_by: is 'evaluator', which names nobody",
        ),
        (lambda raw: question(raw).pop("vocabulary"), "a person is chosen from 'holders:<round>'"),
        (
            lambda raw: question(raw).update(vocabulary="holders:nothing"),
            "names 'holders:nothing', from which a person cannot be chosen",
        ),
        (
            lambda raw: question(raw).update(vocabulary="holders:ending"),
            "say answered_by = 'appointing.evaluator' there",
        ),
        (
            lambda raw: raw["rules"]["assurer_names"].update(kind="all_of"),
            "names a person, which one who decides does",
        ),
        (
            lambda raw: raw["documents"]["waiver"]["sections"][0]["fields"].append(
                {"key": "who", "label": "Who", "kind": "person", "vocabulary": "holders:taking_on"}
            ),
            "names a person; only the question of a round does",
        ),
        (
            lambda raw: raw["rounds"]["setting_the_terms"]["questions"][0]["columns"].append(
                {"key": "who", "label": "Who", "kind": "person", "vocabulary": "holders:taking_on"}
            ),
            "names a person in a column",
        ),
        (
            lambda raw: raw["rules"]["evaluator_takes_on"]["verdicts"]["take_on"].update(
                never=["family"]
            ),
            "bars from the whole; say it in 'never' of the rule",
        ),
        (
            lambda raw: raw["rules"]["evaluator_drafts"].update(never=["families"]),
            "expected 'author', 'family', 'signed:<round>'",
        ),
    ],
)
def test_what_names_nobody_or_for_nothing_is_told(change: Change, words: str) -> None:
    told = found(change)

    assert any(words in each for each in told), told


def test_the_evaluation_as_it_is_shipped_names_somebody() -> None:
    assert found(lambda _raw: None) == []
