"""Free text in one spelling: words stay apart, nothing hides, and a refusal names the character."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.free_text.pasted import INVISIBLE, PASTED, REFUSED
from workflow.errors import Invalid
from workflow.free_text import fault, kept_line, kept_prose, line, prose, reason, searched

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[]))


def test_a_line_has_single_spaces() -> None:
    assert line("  São\tTomé\r\n e\u0301 \u00a0 ") == "São Tomé é"


def test_prose_keeps_its_lines() -> None:
    assert prose("\r\n One \r\n\r\nTwo\r Three\n\n") == "One\n\nTwo\n Three"


@pytest.mark.parametrize(("pasted", "kept"), PASTED.items())
def test_what_other_programs_paste_stays_apart_and_is_seen(pasted: str, kept: str) -> None:
    assert prose(pasted) == kept
    assert line(pasted) == kept.replace("\n", " ")
    assert fault(pasted) is None


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_text_that_shows_nothing_is_empty(text: str) -> None:
    assert prose(text) == line(text) == reason(text) == ""


@pytest.mark.parametrize(("sign", "called"), REFUSED.items())
def test_what_no_text_may_hold_is_refused_by_its_name_and_place(sign: str, called: str) -> None:
    with pytest.raises(Invalid) as refused:
        kept_line(f"Clean water for all{sign}b", "title")

    assert str(refused.value.faults["title"]) == (
        f"No text may hold {called}, at “Clean water for all”. Take it out."
    )


@pytest.mark.parametrize("sign", REFUSED)
def test_what_is_refused_stays_in_the_form_and_is_not_searched_for(sign: str) -> None:
    assert prose(f"a{sign}b") == line(f"a{sign}b") == f"a{sign}b"
    assert searched(f" a{sign}b ") == "ab"


@pytest.mark.parametrize("row", ["\ufe0f\ufe0f", "\U000e0100\U000e0163", "\U000e01a0" * 100])
def test_a_row_of_what_chooses_the_form_of_a_character_is_refused(row: str) -> None:
    with pytest.raises(Invalid, match="VARIATION SELECTOR"):
        kept_line(f"Water ok{row}", "title")


def test_the_place_is_what_stands_just_before_or_after() -> None:
    long = fault("A programme about Water for all\u202e devorppA")
    begins = fault("\u202edevorppA")
    alone = fault("\x00")

    assert "at “…about Water for all”" in str(long)
    assert "at “devorppA”" in str(begins)
    assert str(alone) == "No text may hold U+0000, NULL. Take it out."


@pytest.mark.parametrize("text", ["\u2067ab", "ab\u2069", "\u2066a\nb\u2069", "a\u2069\u2068b"])
def test_a_piece_set_apart_is_closed_on_its_line(text: str) -> None:
    with pytest.raises(Invalid, match="lacks its other half on this line"):
        kept_prose(text, "reason")


@pytest.mark.parametrize(
    "text",
    [
        "Love \u2764\ufe0f, \u8fbb\U000e0100 and 1\ufe0f\u20e3",
        "",
        "Two\nlines",
        "مقترح\u200f (2005\u200e-2007\u200e)",
        "\u061c5 %",
        "\u2067النص\u2069 and text",
        "می\u200cخواهم",
        "👩\u200d🏫 नर्स São Tomé",
        "โครงการ\u200bความร่วมมือ",
    ],
)
def test_what_other_scripts_need_stays(text: str) -> None:
    assert prose(text) == text
    assert fault(text) is None


@given(ANY_TEXT)
def test_what_is_kept_once_is_kept_as_it_is(text: str) -> None:
    once, flat = prose(text), line(text)

    assert prose(once) == once
    assert line(flat) == flat
    assert "\n" not in flat
    assert normalize("NFC", once) == once
    assert (fault(once) is None) == (fault(text) is None)


def test_a_reason_has_an_end() -> None:
    assert reason(" x" * 2000 + " ") == ("x " * 2000).strip()

    with pytest.raises(Invalid, match="at most 4000 characters; this one has 4001"):
        reason("x" * 4001)
