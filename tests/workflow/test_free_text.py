"""Free text in one spelling: what nobody can see is left out, and what anybody reads stays."""

import pytest

from workflow.errors import Invalid
from workflow.free_text import hides, line, prose, reason


def test_a_line_has_single_spaces_and_nothing_that_hides() -> None:
    assert line("  São\tTomé\x00\r\n e\u0301 \x1b[31m ") == "São Tomé é [31m"


def test_prose_keeps_its_lines() -> None:
    assert prose("\r\n One \r\n\r\n\x00Two\x0b\r Three\n\n") == "One\n\nTwo\n Three"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\uffff"]
)
def test_what_nobody_can_see_is_left_out(sign: str) -> None:
    assert prose(f"a{sign}b") == line(f"a{sign}b") == "ab"
    assert hides(f"a{sign}b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Two\nlines\tand a tab",
        "مقترح\u200f (2005\u200e-2007\u200e)",
        "\u2067النص\u2069 and text",
        "می\u200cخواهم",
        "👩\u200d🏫 नर्स \u2028 São Tomé",
    ],
)
def test_what_other_scripts_need_stays(text: str) -> None:
    assert prose(text) == text.replace("\t", " ")
    assert not hides(text)


def test_a_reason_has_an_end() -> None:
    assert reason(" x" * 2000 + " ") == ("x " * 2000).strip()

    with pytest.raises(Invalid, match="at most 4000 characters; this one has 4001"):
        reason("x" * 4001)
