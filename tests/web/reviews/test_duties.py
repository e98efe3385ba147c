"""Duties at a seat on the pages: taken, given back, handed over, declared, lifted, brought up."""

import pytest

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.engine.commands.test_waive import REF, begun

JANE, RAVI, HEAD = "jane.okello", "ravi.chand", "elena.petrova"


def test_a_seat_is_taken_with_a_button_and_others_read_by_whom(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    page = round_page(world, ref, "screening", JANE)

    answer = decide(enter(JANE), page, {}, to=f"/programmes/{ref}/rounds/screening/1/claim")

    assert answer.status_code == 303
    ravi = enter(RAVI)
    told = ravi.page(page)
    assert "Jane Okello has taken this seat" in told
    assert "Sign as" not in told
    assert "I take this" not in told
    assert "Taken by Jane Okello" in ravi.page("/queue")
    assert "You have taken this" in enter(JANE).page("/queue")


def test_a_seat_is_given_back(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    page, jane = round_page(world, ref, "screening", JANE), enter(JANE)
    decide(jane, page, {}, to=f"/programmes/{ref}/rounds/screening/1/claim")

    answer = decide(jane, page, {}, to=f"/programmes/{ref}/rounds/screening/1/release")

    assert answer.status_code == 303
    assert "Sign as" in enter(RAVI).page(page)


def test_a_seat_taken_meanwhile_is_refused_and_the_page_says_by_whom(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    page, to = round_page(world, ref, "screening", JANE), f"/programmes/{ref}/rounds/screening/1"
    jane, ravi = enter(JANE), enter(RAVI)
    open_page = dict(ravi.hidden(page))
    decide(jane, page, {}, to=f"{to}/claim")

    answer = ravi.flask.post(f"{to}/claim", data=open_page)

    assert answer.status_code == 403
    assert "Jane Okello has taken this seat" in words(answer)
    assert trail(world, ref).count("seat.claimed") == 1


def test_the_head_hands_a_seat_over_and_keeps_the_words_of_a_refusal(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    page, head = f"/programmes/{ref}/rounds/screening/1", enter(HEAD)
    said = {"handover-to": str(world.person(RAVI)), "handover-reason": ""}

    refused = decide(head, page, said, to=f"{page}/reassignment")
    done = decide(head, page, said | {"handover-reason": "Away."}, to=f"{page}/reassignment")

    assert refused.status_code == 422
    assert "Handing a seat over needs a reason." in words(refused)
    assert done.status_code == 303
    assert "Ravi Chand has taken this seat" in head.page(page)


def test_papers_are_shown_after_a_declaration_and_not_before(world: World, enter: Enter) -> None:
    ref = world.programme("appraisal")
    page, ravi = round_page(world, ref, "appraisal", RAVI), enter(RAVI)
    text = f"/programmes/{ref}/documents/project_document"
    before, kept = ravi.page(page), ravi.get(text)

    answer = decide(
        ravi, page, {"interest-interest": "none"},
        to=f"/programmes/{ref}/rounds/appraisal/1/declaration",
    )  # fmt: skip

    assert "Courses first in two provinces" not in before
    assert (kept.status_code, "/rounds/appraisal/1?seat=" in kept.location) == (303, True)
    assert answer.status_code == 303
    after = ravi.page(page)
    assert "Courses first in two provinces" in after
    assert "Sign as" in after
    assert "Courses first in two provinces" in ravi.page(text)


def test_an_interest_closes_the_papers_and_has_to_be_named(world: World, enter: Enter) -> None:
    ref = world.programme("appraisal")
    page, ravi = round_page(world, ref, "appraisal", RAVI), enter(RAVI)
    to = f"/programmes/{ref}/rounds/appraisal/1/declaration"

    unnamed = decide(ravi, page, {"interest-interest": "interest"}, to=to)
    unsaid = decide(ravi, page, {}, to=to)
    named = decide(
        ravi, page, {"interest-interest": "interest", "interest-reason": "My brother."}, to=to
    )

    assert [unnamed.status_code, unsaid.status_code, named.status_code] == [422, 422, 303]
    assert "You declared an interest" in ravi.page(page)
    closed = ravi.get(f"/programmes/{ref}/documents/project_document")
    assert closed.status_code == 403


def test_what_a_signature_skips_is_refused_by_the_engine(world: World, enter: Enter) -> None:
    ref = world.programme("appraisal")
    page, ravi = round_page(world, ref, "appraisal", RAVI), enter(RAVI)
    forged = {"verdict": "recommend", "seen_version": str(world.version(ref)), "key": "k" * 12}
    seat = page.rpartition("=")[2]

    answer = decide(ravi, page, {**forged, "seat": seat, "reason": ""}, to=page)

    assert answer.status_code == 403
    assert "Say first whether you have an interest" in words(answer)


def test_a_bar_is_lifted_for_one_person_by_whom_the_lifecycle_names(
    world: World, enter: Enter
) -> None:
    begun(world)
    page, jane, head = f"/programmes/{REF}/rounds/check/1", enter(JANE), enter(HEAD)
    to, why = f"{page}/lifting", {"lift-reason": "Nobody else reads Portuguese."}

    barred, forged = jane.page(page), decide(jane, page, why, to=to)
    offered = head.page(page)
    answer = decide(head, page, why, to=to)

    assert "You wrote the text under decision" in barred
    assert "Lift the bar" not in barred
    assert forged.status_code in {403, 422}
    assert "Ravi Chand is kept" not in offered
    assert "Jane Okello is kept from this seat, because they wrote the text" in offered
    assert answer.status_code == 303
    assert "Sign as" in jane.page(page)
    assert "lifted a bar" in jane.page(f"/histories/{REF}")


def test_a_round_is_brought_up_once(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    page, jane = round_page(world, ref, "screening", JANE), enter(JANE)
    to = f"/programmes/{ref}/rounds/screening/1/alarm"

    answer = decide(jane, page, {"alarm-reason": "The minister asks."}, to=to)

    assert answer.status_code == 303
    assert "Bring this up" not in jane.page(page)
    assert "brought “Screening” before Director" in enter(HEAD).page(f"/histories/{ref}")


@pytest.mark.parametrize("verb", ["claim", "release", "reassignment", "declaration", "lifting"])
def test_a_stranger_does_nothing_about_a_seat(world: World, enter: Enter, verb: str) -> None:
    ref = world.programme("appraisal")
    seat = round_page(world, ref, "appraisal", RAVI).rpartition("=")[2]
    before = trail(world, ref)
    stranger, page = enter("paulo.sa"), f"/programmes/{ref}"
    prefixes = ("claim", "release", "handover", "interest", "lift")
    common = {"seat": seat, "seen_version": str(world.version(ref)), "key": "k" * 12}
    sent = {f"{p}-{name}": value for p in prefixes for name, value in common.items()}
    said = {"interest-interest": "none", "handover-reason": "So.", "lift-reason": "So."}

    answer = decide(stranger, page, sent | said, to=f"{page}/rounds/appraisal/1/{verb}")

    assert answer.status_code in {403, 404}
    assert trail(world, ref) == before
