"""Every pattern is demonstrated by one test or refused in words, and the page says the same."""

import re

from tests.patterns import DOCUMENT, demonstrated, document
from tests.workflow.patterns.catalogue import REFUSED, patterns


def test_there_are_43_patterns_and_each_is_answered_once() -> None:
    shown = demonstrated()

    assert sorted([*shown, *REFUSED]) == list(range(1, 44)) == sorted(patterns())


def test_each_test_is_named_after_its_pattern() -> None:
    for number, (where, sentence) in demonstrated().items():
        name = re.sub(r"[^a-z]+", "_", patterns()[number][1].lower())

        assert where.endswith(f"test_wrp_{number:02d}_{name}")
        assert sentence.endswith(".")


def test_the_document_is_the_one_that_the_tests_give() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()
