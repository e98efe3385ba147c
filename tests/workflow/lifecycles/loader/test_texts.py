"""Texts of a lifecycle that are shown as they are written: what a file may hold, and what it may not."""

import pytest

from tests.workflow.engine.lifecycles import edited, faults_of, put
from workflow.lifecycles.loader.files import body_of, from_body, with_calendars
from workflow.lifecycles.loader.texts import LONGEST, refused

AT = "states/draft/meaning"
PLAIN = (
    "Fewer than 5 < 7, and more than 3 > 2.",
    "In the end 100%",
    "A share of 15%, or less.",
    "→ Research & development; <3",
    "x" * LONGEST,
)
UNFIT = (
    ("a <B CLASS=x>b", "<B CLASS=x>"),
    ("a </p>", "</p>"),
    ("a <?xml version='1.0'?>", "<?xml"),
    ("a <!DOCTYPE html>", "<!DOCTYPE html>"),
    ("%s", "'%s'"),
    ("15 %de plus", "'%d'"),
    ("15 % de plus", "'% d'"),
    ("100%%", "'%%'"),
    ("x" * (LONGEST + 1), "5001 characters long, and 5000 fit"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_that_is_shown_as_it_is_written_is_taken(text: str) -> None:
    assert faults_of(edited(put(AT, text))) == ()


@pytest.mark.parametrize(("text", "told"), UNFIT)
def test_one_that_is_not_is_refused_with_what_it_holds(text: str, told: str) -> None:
    (found,) = refused({"states": {"draft": {"meaning": text}}})

    assert found.place == "states.draft.meaning"
    assert told in str(found.problem)


@pytest.mark.parametrize("text", [text for text, _ in UNFIT])
def test_what_was_published_before_goes_on_to_be_read(text: str) -> None:
    published = body_of(with_calendars(edited(put(AT, text))))

    assert from_body(published).states["draft"].meaning == text
