"""A text is taken from the file that was sent, or else from what was typed."""

from collections.abc import Mapping
from io import BytesIO

import pytest
from flask import Flask

from web.intake.text_file import NO_TEXT, text_sent
from workflow.errors import Invalid
from workflow.phrase import phrase

LARGE = phrase("It is too large.")


def sent(content: bytes | None, typed: str | None = "typed", name: str = "rates.csv") -> str:
    """What is taken of a request with this file, of which four bytes fit."""
    fields: Mapping[str, object] = {} if content is None else {"file": (BytesIO(content), name)}
    with Flask(__name__).test_request_context(method="POST", data=fields):
        return text_sent(typed, 4, LARGE)


def test_the_file_counts_before_what_was_typed() -> None:
    assert sent("né".encode()) == "né"
    assert sent(b"") == ""


@pytest.mark.parametrize(("typed", "taken"), [("a,b", "a,b"), ("", ""), (None, "")])
def test_what_was_typed_counts_where_no_file_was_chosen(typed: str | None, taken: str) -> None:
    assert sent(None, typed) == taken
    assert sent(b"", typed, name="") == taken


def test_a_file_as_large_as_may_be_is_taken_and_one_byte_more_is_refused() -> None:
    assert sent(b"four") == "four"
    with pytest.raises(Invalid) as refused:
        sent(b"five5")

    assert refused.value.said == LARGE


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        sent(b"\xff\xfe")

    assert refused.value.said == NO_TEXT
