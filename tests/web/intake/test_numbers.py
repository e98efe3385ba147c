"""A number that no column holds leads nowhere, and says so in a sentence."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.support.deciding import decide, opened, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from web.intake.numbers import number_of, numbers_of, whole

TOO_LARGE = [str(2**31), str(2**53 + 1), str(2**63), "9" * 5000]
DAMAGED = "This form is damaged. Open the page again."


@pytest.mark.proof(sample=11)
@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize(
    "address",
    [
        "/people/{number}",
        "/programmes/{ref}/seats/{number}",
        "/programmes/{ref}/receipts/{number}",
        "/programmes/{ref}/rounds/consultation/{number}",
        "/programmes/{ref}/files/{number}",
    ],
)
def test_nothing_is_at_an_address_with_too_large_a_number(
    world: World, enter: Enter, address: str, number: str
) -> None:
    ref = world.programme("consultation")

    answer = enter("priya.menon").get(address.format(ref=ref, number=number))

    assert answer.status_code == 404


@pytest.mark.proof(sample=21)
@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("priya.menon", "/notices?before={number}"),
        ("priya.menon", "/people?after=x&id={number}"),
        ("priya.menon", "/programmes?page={number}"),
        ("priya.menon", "/histories?page={number}"),
        ("priya.menon", "/histories/{ref}?before={number}&person={number}"),
        ("priya.menon", "/queue/folder?seat={number}"),
        ("marie.laurent", "/oversight/access?before=2026-03-02T12:00:00Z_{number}&person={number}"),
        ("marie.laurent", "/oversight/reviews?page={number}&person={number}"),
        ("marie.laurent", "/oversight/reviews/marks?before={number}"),
        ("marie.laurent", "/oversight/reviews/mark?ref={ref}&seq={number}"),
    ],
)
def test_too_large_a_number_in_a_query_is_none(
    world: World, enter: Enter, who: str, address: str, number: str
) -> None:
    ref = world.programme("consultation")

    answer = enter(who).get(address.format(ref=ref, number=number))

    assert answer.status_code in {200, 404}


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("number", TOO_LARGE)
def test_notices_up_to_too_large_a_number_are_not_read(enter: Enter, number: str) -> None:
    answer = enter("priya.menon").post("/notices/read", {"upto": number}, page="/notices")

    assert answer.status_code == 303


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_mandate_with_too_large_a_number_is_not_there(enter: Enter, number: str) -> None:
    priya = enter("priya.menon")

    answer = priya.post(f"/people/mandates/{number}/revocation", page="/people/mandates")

    assert answer.status_code == 404


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("field", ["seen_version", "seat"])
@pytest.mark.parametrize("number", [*TOO_LARGE, "-1", "1e9", "x"])
def test_a_decision_with_too_large_a_number_is_told_in_a_sentence(
    world: World, enter: Enter, field: str, number: str
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")

    answer = decide(priya, address, {"verdict": "support", field: number})

    assert answer.status_code == 422
    assert DAMAGED in words(answer)


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_mark_with_too_large_a_number_is_no_fault(
    world: World, enter: Enter, number: str
) -> None:
    ref = world.programme("consultation")
    marie = enter("marie.laurent")
    page = f"/oversight/reviews/mark?ref={ref}&seq=1"

    answer = marie.flask.post(
        "/oversight/reviews/mark", data={**opened(marie, page), "seq": number, "covers": "event"}
    )

    assert answer.status_code in {404, 422}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        (str(2**31 - 1), 2**31 - 1),
        (str(2**31), None),
        ("", None),
        ("-1", None),
        ("+1", None),
        (" 1", None),
        ("1_0", None),
        ("٣", None),
        ("²", None),
        ("1\n", None),
        ("9" * 5000, None),
    ],
)
def test_a_whole_number_is_written_in_plain_digits(text: str, number: int | None) -> None:
    assert whole(text) == number


def test_what_is_no_number_is_left_out_of_a_list() -> None:
    args = MultiDict([("seat", "1"), ("seat", "x"), ("seat", "9" * 40), ("seat", "2")])

    assert numbers_of(args, "seat") == [1, 2]
    assert number_of(args, "none") is None
