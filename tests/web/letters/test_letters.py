"""The letters of a silence: exact, in the reader's own hours, and never calling silence approval."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.reviews.test_silence_page import SILENCE, under_silence
from tests.workflow.engine.rounds.test_due_time import newest
from workflow.engine.commands import extend
from workflow.engine.commands.extend import ExtendRound
from workflow.engine.commands.settle_due import sweep

CHAIR, MEMBER = "arjun.mehta", "carla.duarte"
PARTIES = ("bra", "ind", "zaf")
ZONES = {"bra": "America/Sao_Paulo", "ind": "Asia/Kolkata", "zaf": "Africa/Johannesburg"}


def letter(ref: str, party: str) -> str:
    return f"/programmes/{ref}/rounds/{SILENCE}/1/letters/{party}"


def outcome(ref: str) -> str:
    return f"/programmes/{ref}/rounds/{SILENCE}/1/outcome-letter"


@pytest.mark.parametrize("party", PARTIES)
def test_each_party_has_a_letter_in_its_own_hours(world: World, enter: Enter, party: str) -> None:
    ref = under_silence(world)
    silence = newest(world, SILENCE)
    assert silence.due_at is not None

    page = enter(MEMBER).page(letter(ref, party))
    seat = page.partition(f"/programmes/{ref}/seats/")[2].partition('"')[0]

    assert silence.content_digest in page
    assert f"Letter {ref}/{silence.id}/{seat}<" in page
    for zone in (ZONES[party], "America/New_York"):
        local = silence.due_at.astimezone(ZoneInfo(zone))
        assert f'{local:%H:%M}</strong> <span class="text-secondary">({zone})' in page
    assert "No session soon." in page
    assert "Silence is not an approval" in page
    assert "What happens if you do nothing" in page
    assert "Propose an amendment" in page.partition("These do not:")[0]
    assert "Make a statement" in page.partition("These do not:")[2]


def test_a_letter_leads_to_the_seat_of_its_party(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    member = enter(MEMBER)

    page = member.page(letter(ref, "bra"))

    seat = page.partition(f"/programmes/{ref}/seats/")[2].partition('"')[0]
    assert member.get(f"/programmes/{ref}/seats/{seat}").status_code == 303


def test_an_extension_is_told_in_the_letter(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    wish = ExtendRound(ref, SILENCE, "Carnival.", world.version(ref), uuid4().hex)
    extend.extend(world.engine, world.person(CHAIR), wish)

    page = enter(MEMBER).page(letter(ref, "bra"))

    assert "was put off" in page
    assert "Carnival." in page


def test_the_outcome_lists_the_silent_as_not_objecting_and_nobody_as_approving(
    world: World, enter: Enter
) -> None:
    ref = under_silence(world)
    due = newest(world, SILENCE).due_at
    assert due is not None
    world.clock.at = due + timedelta(days=2)
    sweep(world.engine)

    page = enter(MEMBER).page(outcome(ref))

    kept = page.partition("No objection received from")[2]
    assert all(name in kept for name in ("Brazil", "India", "South Africa"))
    assert "not an approval" in kept
    assert "pproved by" not in page
    assert "and was recorded on" in page


def test_the_outcome_of_a_broken_silence_names_who_objected(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    world.answer(ref, SILENCE, MEMBER, "object", "The budget is not clear.")

    page = enter(CHAIR).page(outcome(ref))

    objected, _, kept = page.partition("No objection received from")
    assert "The budget is not clear." in objected
    assert "Brazil" in objected
    assert "Brazil" not in kept.partition("</ul>")[0]


def test_the_review_page_leads_to_every_letter(world: World, enter: Enter) -> None:
    ref = under_silence(world)

    page = enter(MEMBER).page(f"/programmes/{ref}/rounds/{SILENCE}/1")

    assert all(letter(ref, party) in page for party in PARTIES)
    assert outcome(ref) not in page


def test_what_is_no_silence_or_no_participant_has_no_letter(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    member = enter(MEMBER)

    answers = [
        member.get(at).status_code
        for at in (
            letter(ref, "moz"),
            outcome(ref),
            letter("SSC-1900-001", "bra"),
            letter(ref, "bra").replace(SILENCE, "decision"),
            letter(ref, "bra").replace("/1/", "/7/"),
        )
    ]

    assert answers == [404] * 5


def test_a_draft_of_others_shows_no_letter(world: World, enter: Enter) -> None:
    ref = world.programme("draft")

    assert enter(MEMBER).get(letter(ref, "bra")).status_code == 404
