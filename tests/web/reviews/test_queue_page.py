"""The queue as a page: what it says, where it leads, and its filters in the address."""

import html

import pytest

from tests.support.visitors import Enter
from tests.support.world import World
from workflow.engine.queue import query


def test_the_queue_lists_what_waits_with_its_answers_to_five_questions(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page("/queue")

    assert "What waits for you" in page
    assert "1 sign-off in 1 role" in " ".join(page.split())
    assert f"/programmes/{ref}/rounds/screening/1?seat=" in page
    assert "screen the proposal" in page
    assert "Programme officer, Special Unit for South-South Cooperation" in page
    assert "in 21 days" in page
    assert "Shows as late; the submitter goes on waiting." in page


def test_lateness_is_said_in_a_word(world: World, enter: Enter) -> None:
    world.programme("screening")
    world.clock.pass_time(days=24)

    page = enter("jane.okello").page("/queue")

    assert "3 days late" in page
    assert "1 late" in page


def test_filters_live_in_the_address(world: World, enter: Enter) -> None:
    world.programme("screening")
    jane = enter("jane.okello")

    kept = jane.page("/queue?office=unit_officer:special-unit&stage=proposal&country=MOZ")
    empty = jane.page("/queue?stage=evaluation")

    assert "Distance learning for nurses" in kept
    assert 'name="office" value="unit_officer:special-unit"' in kept
    assert "Nothing waits for you here" in empty


def test_a_queue_says_where_to_look_on_for_what_few_of_it_are(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.programme("screening")
    monkeypatch.setattr(query, "LOOKED_AT", 1)

    page = enter("jane.okello").page("/queue?stage=evaluation")

    assert "Nothing among the 1 looked through" in page
    assert "Show more" in page
    assert "stage=evaluation&after=" in html.unescape(page)


def test_an_empty_queue_says_what_waited_last(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Name the money.")

    page = enter("jane.okello").page("/queue")

    assert f"Distance learning for nurses ({ref}), until" in page


def test_who_is_not_signed_in_is_asked_to(world: World, enter: Enter) -> None:
    jane = enter("jane.okello")
    jane.flask.delete_cookie("primemover")

    answer = jane.get("/queue")

    assert answer.status_code == 303
    assert "/account/login" in answer.headers["Location"]


def test_a_seat_leads_to_its_round(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    seat = world.seat(ref, "screening", world.person("jane.okello"))
    jane = enter("jane.okello")

    found = jane.get(f"/programmes/{ref}/seats/{seat}")
    missing = jane.get(f"/programmes/{ref}/seats/999999")

    assert found.status_code == 303
    assert found.headers["Location"] == f"/programmes/{ref}/rounds/screening/1?seat={seat}"
    assert missing.status_code == 404


def test_an_address_of_nonsense_breaks_nothing(world: World, enter: Enter) -> None:
    ref, jane = world.programme("screening"), enter("jane.okello")

    for address in (
        "/queue?text=%00&office=%00&country=%00",
        "/queue?after=0001-01-01T00:00:00.000Z_1",
        "/queue?after=%00_1&due=never",
        "/programmes/{ref}/seats/99999999999",
        "/programmes/{ref}/rounds/screening/99999999999",
        "/programmes/{ref}/rounds/%00/1",
        "/programmes/%00/rounds/screening/1",
        "/programmes/{ref}/rounds/screening/1?seat=99999999999999999999",
        "/programmes/{ref}/receipts/99999999999",
        "/programmes/{ref}/initiatives/%00",
    ):
        answer = jane.get(address.format(ref=ref))

        assert answer.status_code in {200, 400, 404}, address
