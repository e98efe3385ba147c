"""Clocks on their pages: stopped while suspended, letters that came back, and a clock let go on."""

from pathlib import Path

from sqlalchemy import select

from tests.support.deciding import opened
from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.reviews.test_silence_page import SILENCE, under_silence
from tests.workflow.engine.rounds.test_due_time import REVIEW, carry_out, newest, under_review
from tests.workflow.engine.silence.chamber import REF
from tests.workflow.notices.test_undelivered import lost_to
from tests.workflow.notices.test_undelivered import under_silence as under_own_terms
from workflow.engine.commands.settle_due import sweep
from workflow.people.commands import appoint
from workflow.people.models import Party

CHAIR, MEMBER = "arjun.mehta", "carla.duarte"


def test_a_suspended_programme_shows_its_clocks_as_stopped(world: World, enter: Enter) -> None:
    ref = under_review(world)
    carry_out(world, ref, "suspension")
    member = enter(MEMBER)

    programme = member.page(f"/programmes/{ref}")
    review = member.page(f"/programmes/{ref}/rounds/{REVIEW}/1")

    assert "Clock stopped" in programme
    assert "Clock stopped" in review
    assert "it goes on when the programme leaves “Suspended”" in review
    assert "No due date" not in review


def test_a_letter_that_came_back_is_shown_on_both_pages(world: World, enter: Enter) -> None:
    world.engine.owe_mail()
    ref = under_silence(world)
    lost_to(world, MEMBER)
    seat = enter(CHAIR)

    programme = seat.page(f"/programmes/{ref}")
    review = seat.page(f"/programmes/{ref}/rounds/{SILENCE}/1")

    assert "No letter reached Carla Duarte (Brazil)." in programme
    assert "The letter to Carla Duarte (Brazil) came back." in review


def test_a_clock_that_a_lost_letter_stopped_is_let_go_on_from_its_page(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    chamber = under_own_terms(world, tmp_path, "stop")
    with world.engine.transaction() as session:
        house = session.scalars(select(Party.id).where(Party.key == "house")).one()
        president = (world.person(CHAIR), "president", house, world.engine.now().date())
        appoint(session, *president, by=None, now=world.engine.now())
    lost_to(world, "a2@")
    sweep(world.engine)
    address = f"/programmes/{REF}/rounds/silence/1"
    seat = enter(CHAIR)
    page = seat.page(address)
    data = {**opened(seat, address), "extension-reason": "A2 was reached by telephone."}

    answer = seat.flask.post(f"{address}/continuation", data=data)

    assert "Objections are taken all the while." in page
    assert answer.status_code == 303
    assert chamber.round.paused_for == ""
    receipt = seat.page(answer.headers["Location"])
    assert "The clock of “Silence” let go on" in receipt
    assert "A2 was reached by telephone." in receipt


def test_a_running_clock_has_nothing_to_be_let_go_on(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    address = f"/programmes/{ref}/rounds/{SILENCE}/1"
    seat = enter(CHAIR)
    data = {**opened(seat, address), "extension-reason": "Nothing."}

    answer = seat.flask.post(f"{address}/continuation", data=data)

    assert answer.status_code == 409
    assert newest(world, SILENCE).paused_for == ""
