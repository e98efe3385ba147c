"""A character that nobody writes is refused with a sentence, and what people paste is let in."""

import pytest

from tests.support.visitors import Enter, words
from tests.support.world import World
from web.intake.characters import control

IN_ADDRESSES = "The address holds a character that no address holds, U+0000."
IN_FORMS = "The form holds a character that nobody writes there, U+0000. Nothing was recorded."


@pytest.mark.proof(either=True)
def test_an_address_with_a_control_character_is_refused(world: World, enter: Enter) -> None:
    ref, priya = world.programme("consultation"), enter("priya.menon")

    for address in (
        "/histories/%00",
        "/histories/%00/on/2026-03-01",
        "/frameworks/%00",
        "/programmes/{ref}/rounds/%00/1",
        "/programmes/{ref}/rounds/%00/1/letters/ind",
        "/programmes/{ref}/rounds/consultation/1/letters/%00",
        "/people?after=%00&id=1",
        "/people?%00=1",
        "/programmes/%00",
        "/programmes?text=%00&region=%00",
        "/programmes/{ref}/documents/proposal/edit/x%00y",
        "/histories/{ref}?show=%00",
        "/nowhere/%00",
    ):
        answer = priya.get(address.format(ref=ref))

        assert answer.status_code == 400, address
        assert IN_ADDRESSES in words(answer), address


def test_a_field_of_the_page_with_a_control_character_is_refused(enter: Enter) -> None:
    visitors = {who: enter(who) for who in ("joao.lima", "marie.laurent")}
    forms = {who: visitor.hidden("/people/mandates") for who, visitor in visitors.items()}

    for who, address, field in (
        ("joao.lima", "/proposals/new", "key"),
        ("joao.lima", "/proposals/new", "a\x00name"),
        ("marie.laurent", "/oversight/checks", "ref"),
        ("marie.laurent", "/oversight/reviews/mark", "ref"),
        ("marie.laurent", "/oversight/reviews/mark", "claim-key"),
    ):
        answer = visitors[who].flask.post(address, data={**forms[who], field: "a\x00b"})

        assert answer.status_code == 400, (address, field)
        assert IN_FORMS in words(answer), (address, field)


def test_whoever_signs_in_with_a_control_character_is_refused(enter: Enter) -> None:
    stranger = enter("joao.lima")
    stranger.flask.delete_cookie("primemover")

    answer = stranger.post("/account/login", {"email": "a\x00@b.org", "password": "x"})

    assert answer.status_code == 400
    assert IN_FORMS in words(answer)


def test_a_search_may_hold_what_was_pasted_into_it(enter: Enter) -> None:
    answer = enter("joao.lima").get("/programmes?text=wells%0Bfor%09all%1Eyou")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("text", "spaces", "found"),
    [
        ("", False, ""),
        ("Wells for all, مياه", False, ""),
        ("a\x00b", False, "U+0000"),
        ("a\x00b", True, "U+0000"),
        ("a\tb", False, "U+0009"),
        ("a\tb\nc\x0bd\x1ee\x85f", True, ""),
        ("a\x1bb", True, "U+001B"),
        ("a\x9bb", True, "U+009B"),
        ("a\x7fb", True, "U+007F"),
        ("a\u200fb", False, ""),
    ],
)
def test_the_first_control_character_is_named(text: str, spaces: bool, found: str) -> None:
    assert control(text, spaces=spaces) == found


def test_a_part_without_a_name_is_refused(enter: Enter) -> None:
    visitor = enter("joao.lima")
    body = b"--x\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--x--"

    answer = visitor.flask.post(
        "/proposals/new", data=body, content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code == 400
    assert "The server did not understand what the browser sent." in words(answer)
