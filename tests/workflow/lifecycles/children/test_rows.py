"""The rows of a table that open a case each: known once, counted as said, joined by what they are known by."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.workflow.engine.cases.of_rows import ANSWERS, PAPER, of_rows
from workflow.lifecycles.checks.known import Content
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.children.rows import known_as, rows_of_cases
from workflow.lifecycles.loader.files import from_tables

KIND = from_tables(of_rows(), "rows.toml").children["action"]


def rows(paper: Content, kind: ChildKind = KIND) -> list[tuple[str, str]]:
    return [(each.key, each.title) for each in rows_of_cases(kind, {"paper": paper})]


def test_those_rows_count_that_the_kind_says_in_their_order() -> None:
    assert rows(PAPER) == [("1", "Train two more"), ("3", "")]


def test_without_such_words_every_row_counts() -> None:
    assert KIND.each_row is not None
    every = replace(KIND, each_row=replace(KIND.each_row, only=None))

    assert [key for key, _ in rows(PAPER, every)] == ["1", "2", "3"]


def test_a_kind_that_opens_for_no_rows_has_none() -> None:
    assert rows(PAPER, replace(KIND, each_row=None)) == []


@pytest.mark.parametrize(
    "paper", [{}, {"answers": None}, {"answers": []}, {"answers": "1"}, {"answers": ["1", 2]}]
)
def test_where_nothing_stands_in_the_table_there_are_none(paper: Mapping[str, Any]) -> None:
    assert rows(paper) == []


@pytest.mark.parametrize("number", [None, "", "  "])
def test_a_row_that_is_known_by_nothing_opens_none(number: str | None) -> None:
    assert rows({"answers": [{**ANSWERS[0], "number": number}]}) == []


def test_of_rows_that_are_known_by_the_same_the_first_counts() -> None:
    twice = [ANSWERS[0], {**ANSWERS[0], "number": "01", "action": "Another"}]

    assert rows({"answers": twice}) == [("1", "Train two more")]


def test_a_row_carries_its_own_values_and_those_of_the_row_beside_it() -> None:
    first, last = rows_of_cases(KIND, {"paper": PAPER})

    assert first.carried == {
        "number": "1", "action": "Train two more", "due": "2026-12-31", "asked": "Who does it?",
    }  # fmt: skip
    assert last.carried == {"number": "03"}


@pytest.mark.parametrize(
    ("written", "known"),
    [("3", "3"), ("03", "3"), (" 3 ", "3"), ("-1", "-1"), ("1.1", "1.1"), ("a", "a"), (3, "")],
)
def test_numbers_are_the_same_however_they_are_spelled(written: Any, known: str) -> None:
    assert known_as(written) == known
