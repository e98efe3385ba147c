"""A sentence keeps its parts apart until somebody says it."""

from datetime import UTC, date, datetime

import pytest

from workflow.phrase import (
    Either,
    Lowered,
    OneOf,
    Part,
    counted,
    phrase,
    together,
    verbatim,
)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("Brazil", "Brazil"),
        (3, "3"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "2026-03-02T12:00:00.000Z"),
        ((), ""),
        (("Brazil",), "Brazil"),
        (("Brazil", "India"), "Brazil and India"),
        (("Brazil", "India", "Fiji"), "Brazil, India and Fiji"),
        (OneOf(("Brazil", "India", "Fiji")), "Brazil, India or Fiji"),
        (
            Either(("the auditor", "the officer", "the board")),
            "the auditor or the officer or the board",
        ),
        (Lowered("Focal point"), "focal point"),
        (phrase("the %(role)s", role="officer"), "the officer"),
        ((phrase("the %(role)s", role="officer"), "Brazil"), "the officer and Brazil"),
    ],
)
def test_each_kind_of_part_has_its_plain_form(part: Part, said: str) -> None:
    assert str(phrase("%(what)s", what=part)) == said


def test_a_part_that_looks_like_a_place_is_no_place() -> None:
    assert str(phrase("%(who)s left", who="%(why)s 100%")) == "%(why)s 100% left"


@pytest.mark.parametrize(
    ("num", "said"), [(0, "0 are left"), (1, "one is left"), (2, "2 are left")]
)
def test_a_sentence_that_counts_has_two_forms(num: int, said: str) -> None:
    assert str(counted("one is left", "%(num)s are left", num)) == said


def test_sentences_stand_together_without_those_that_are_not_there() -> None:
    said = [phrase("It %(does)s.", does="stands"), None, verbatim("100 %(sure)s.")]

    assert str(together(said)) == "It stands. 100 %(sure)s."
    assert str(together([None])) == ""


def test_equal_phrases_count_once() -> None:
    once = dict.fromkeys([phrase("No %(name)s.", name="way"), phrase("No %(name)s.", name="way")])

    assert list(map(str, once)) == ["No way."]
