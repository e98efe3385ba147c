"""A number that no column holds leads nowhere, and says so in a sentence."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.support.deciding import opened, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from web.intake.numbers import number_of, numbers_of, whole

TOO_LARGE = [str(2**31), str(2**53 + 1), str(2**63), "9" * 5000]
DAMAGED = "This form is damaged. Open the page again."


def test_nothing_is_at_an_address_with_too_large_a_number(world: World, enter: Enter) -> None:
    ref, priya = world.programme("consultation"), enter("priya.menon")

    for place in (
        "/people/{number}",
        "/programmes/{ref}/seats/{number}",
        "/programmes/{ref}/receipts/{number}",
        "/programmes/{ref}/rounds/consultation/{number}",
        "/programmes/{ref}/files/{number}",
    ):
        for number in TOO_LARGE:
            address = place.format(ref=ref, number=number)
            assert priya.get(address).status_code == 404, address


def test_too_large_a_number_in_a_query_is_none(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    visitors = {who: enter(who) for who in ("priya.menon", "marie.laurent")}

    for who, place in (
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
    ):
        for number in TOO_LARGE:
            address = place.format(ref=ref, number=number)
            assert visitors[who].get(address).status_code in {200, 404}, address


def test_nobody_with_too_large_a_number_is_named_in_a_discussion(
    world: World, enter: Enter
) -> None:
    here = f"/programmes/{world.programme('consultation')}/discussion"
    priya = enter("priya.menon")

    for number in [*TOO_LARGE, "9" * 23]:
        sent = {"text": "A word.", "key": "0" * 32, "names": [number]}
        assert priya.post(here, sent).status_code == 422, number


def test_notices_up_to_too_large_a_number_are_not_read(enter: Enter) -> None:
    priya = enter("priya.menon")

    for number in TOO_LARGE:
        answer = priya.post("/notices/read", {"upto": number}, page="/notices")
        assert answer.status_code == 303, number


def test_a_mandate_with_too_large_a_number_is_not_there(enter: Enter) -> None:
    priya = enter("priya.menon")

    for number in TOO_LARGE:
        answer = priya.post(f"/people/mandates/{number}/revocation", page="/people/mandates")
        assert answer.status_code == 404, number


def test_a_decision_with_too_large_a_number_is_told_in_a_sentence(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    form = opened(priya, address) | {"verdict": "support"}

    for field in ("seen_version", "seat"):
        for number in (*TOO_LARGE, "-1", "1e9", "x"):
            answer = priya.flask.post(address, data=form | {field: number})
            assert (answer.status_code, DAMAGED in words(answer)) == (422, True), (field, number)


def test_a_mark_with_too_large_a_number_is_no_fault(world: World, enter: Enter) -> None:
    ref, marie = world.programme("consultation"), enter("marie.laurent")
    form = opened(marie, f"/oversight/reviews/mark?ref={ref}&seq=1") | {"covers": "event"}

    for number in TOO_LARGE:
        answer = marie.flask.post("/oversight/reviews/mark", data=form | {"seq": number})
        assert answer.status_code in {404, 422}, number


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
