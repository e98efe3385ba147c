"""The end of a round put off on its page: offered to whom it is granted, and to nobody else."""

import pytest
from werkzeug.test import TestResponse

from tests.support.deciding import opened
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from tests.web.reviews.test_silence_page import SILENCE, under_silence
from tests.workflow.engine.rounds.test_due_time import newest

CHAIR, MEMBER, DIRECTOR = "arjun.mehta", "carla.duarte", "elena.petrova"


def address(ref: str, key: str = SILENCE) -> str:
    return f"/programmes/{ref}/rounds/{key}/1"


def sent(
    visitor: Visitor, at: str, reason: str = "One capital asks for time.", **forged: str
) -> TestResponse:
    """The form of the page at `at`, filled in and sent; `forged` is what no page gave out."""
    data = {**opened(visitor, at), "extension-reason": reason, **forged}
    return visitor.flask.post(f"{at.removesuffix('/extension')}/extension", data=data)


@pytest.mark.parametrize(("who", "offered"), [(CHAIR, True), (MEMBER, False), (DIRECTOR, False)])
def test_what_is_offered_is_what_would_be_let_through(
    world: World, enter: Enter, who: str, offered: bool
) -> None:
    ref = under_silence(world)
    visitor = enter(who)

    review, programme = visitor.page(address(ref)), visitor.page(f"/programmes/{ref}")

    assert ("Put off the end" in review, "Put off the end" in programme) == (offered, offered)
    shown = visitor.get(f"{address(ref)}/extension")
    assert shown.status_code == (200 if offered else 403)
    forged = {"extension-key": "f" * 32, "extension-seen_version": str(world.version(ref))}
    answer = sent(visitor, address(ref), **forged)
    assert answer.status_code == (303 if offered else 403)


def test_an_extension_is_answered_with_a_receipt_of_both_ends(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    before = newest(world, SILENCE).due_at
    seat = enter(CHAIR)

    answer = sent(seat, address(ref))

    receipt = seat.page(answer.headers["Location"])
    after = newest(world, SILENCE).due_at
    assert before is not None
    assert after is not None
    assert after > before
    for part in ("The end of “Decision by silence” put off", "One capital asks for time."):
        assert part in receipt
    assert before.isoformat() in receipt
    assert after.isoformat() in receipt


def test_without_a_reason_it_is_asked_for_and_nothing_moves(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    before = newest(world, SILENCE).due_at

    answer = sent(enter(CHAIR), f"{address(ref)}/extension", reason=" ")

    assert answer.status_code == 422
    assert "Say why." in words(answer)
    assert newest(world, SILENCE).due_at == before


def test_a_stale_page_keeps_the_words(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    seat = enter(CHAIR)
    data = {**opened(seat, address(ref)), "extension-reason": "Kept for me."}
    sent(seat, address(ref))

    again = seat.flask.post(f"{address(ref)}/extension", data={**data, "extension-key": "f" * 32})

    assert again.status_code == 409
    assert "Kept for me." in words(again)


def test_sent_twice_it_is_done_once(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    seat = enter(CHAIR)
    data = {**opened(seat, address(ref)), "extension-reason": "Two clicks."}

    answers = [seat.flask.post(f"{address(ref)}/extension", data=data) for _ in range(2)]

    assert [a.status_code for a in answers] == [303, 303]
    assert len({a.headers["Location"] for a in answers}) == 1


def test_a_consultation_is_extended_by_the_director(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    before = newest(world, "consultation").due_at
    director = enter(DIRECTOR)

    answer = sent(director, address(ref, "consultation"))

    assert answer.status_code == 303
    after = newest(world, "consultation").due_at
    assert before is not None
    assert after is not None
    assert (after - before).days == 15


def test_a_round_that_grants_no_more_time_offers_none(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    director = enter(DIRECTOR)

    page = director.page(address(ref, "screening"))

    assert "Put off the end" not in page
    assert director.get(f"{address(ref, 'screening')}/extension").status_code == 403
