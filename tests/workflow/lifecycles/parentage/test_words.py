"""Child cases in words."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, Edit, drop, edited, put
from tests.workflow.lifecycles.with_children import with_children
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.words import ChildInWords, in_words, waits_in_words

WHOLE = from_tables(with_children(), STANDARD.name)


def changed(*edits: Edit) -> Definition:
    return from_tables(edited(*edits, raw=with_children()), "a.toml")


def told(definition: Definition) -> dict[str, ChildInWords]:
    return {each.kind.key: each for each in in_words(definition)}


def test_a_kind_says_when_it_opens_for_whom_and_what_becomes_of_it() -> None:
    said = told(WHOLE)

    assert str(said["progress_report"].opens) == (
        "every year, due by 31 January, opened one month before, from “Planned start” on, "
        "up to “Planned end”, while in “Delivery” or “Suspended”"
    )
    assert str(said["country_part"].opens) == "as “Delivery” is entered"
    assert str(said["amendment"].opens) == "by “Leave as it is” of “Suspension”"
    assert str(said["country_part"].each) == "one for each beneficiary"
    assert said["amendment"].each is None
    assert str(said["progress_report"].speaks) == "proposed by its executing agency"
    assert [str(said[key].ends) for key in ("country_part", "amendment")] == [
        "an open one is overtaken as the case ends",
        "an open one goes on when the case has ended",
    ]


def test_a_schedule_says_which_year_it_is_about() -> None:
    report = changed(put("children/progress_report/about", "the year ahead"))

    assert "due by 31 January, about the year ahead, opened" in str(
        told(report)["progress_report"].opens
    )


def test_a_kind_says_that_whoever_has_it_opened_speaks_for_it() -> None:
    said = told(changed(put("children/amendment/speaks", "one who answers")))

    assert str(said["amendment"].speaks) == "proposed by the party whose answer opens it"


@pytest.mark.parametrize(
    ("every", "words"),
    [
        ("month", "every month, while in “Delivery” or “Suspended”"),
        ("quarter", "every quarter, while in “Delivery” or “Suspended”"),
        ("half-year", "every half-year, while in “Delivery” or “Suspended”"),
    ],
)
def test_a_schedule_says_how_often(every: str, words: str) -> None:
    report = "children/progress_report"
    less = [drop(f"{report}/{key}") for key in ("by", "ahead", "begins", "until")]

    assert (
        str(told(changed(*less, put(f"{report}/every", every)))["progress_report"].opens) == words
    )


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        ({"until": "all"}, "until no “Progress report” is open any more"),
        (
            {"until": "all", "least": 2},
            "until no “Progress report” is open any more, and at least 2 was opened",
        ),
        ({"until": "some"}, "until one “Progress report” is over"),
        (
            {"until": "some", "least": 3, "ended_in": ["accepted", "taken_note"]},
            "until 3 of “Progress report” are over, ended as accepted or taken note",
        ),
    ],
)
def test_a_round_says_what_it_waits_for(waits: dict[str, Any], words: str) -> None:
    asked = [{"children": "progress_report", **waits}]
    definition = changed(put("rounds/final_review/waits_for", asked))

    (clause,) = waits_in_words(definition, definition.rounds["final_review"])

    assert str(clause) == words
