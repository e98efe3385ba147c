"""Single characters: what shows, what is refused, and what cannot turn its neighbours around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.free_text.pasted import INVISIBLE, REFUSED
from workflow.free_text.characters import called, is_refused, set_apart, shows

TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("text", INVISIBLE)
def test_what_nobody_sees_shows_nothing(text: str) -> None:
    assert not shows(text)


@pytest.mark.parametrize("text", ["a", ".", "5", "泰", "👍", " ก ", "•"])
def test_what_somebody_sees_shows(text: str) -> None:
    assert shows(text)


@pytest.mark.parametrize(("sign", "name"), REFUSED.items())
def test_a_refused_character_has_a_number_and_a_name(sign: str, name: str) -> None:
    assert is_refused(sign)
    assert str(called(sign)) == name


@pytest.mark.parametrize("text", ["", "Water for all", "São Tomé", "泰国", "Юг"])
def test_a_text_of_one_direction_is_left_as_it_is(text: str) -> None:
    assert set_apart(text) == text


def test_a_text_that_could_turn_its_neighbours_is_set_apart() -> None:
    assert set_apart("الماء للجميع 2005") == "\u2068الماء للجميع 2005\u2069"
    assert set_apart("Water for all\u202e devorppA") == "\u2068Water for all devorppA\u2069"
    assert set_apart("a\u2069\u2067b") == "\u2068ab\u2069"
    assert set_apart("a \u2067ب\u2069 c") == "\u2068a \u2067ب\u2069 c\u2069"


@given(st.text(st.sampled_from(f"ab ب{TURNS}")))
@pytest.mark.proof(apart=True)
def test_whatever_is_set_apart_stays_in_its_place(text: str) -> None:
    apart = set_apart(text)

    depth = 0
    for at, sign in enumerate(apart):
        depth += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        assert depth > 0 or at == len(apart) - 1 or apart == text
    assert depth == 0
    assert not set(apart) & set("\u202a\u202b\u202c\u202d\u202e")
