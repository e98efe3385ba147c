"""What somebody cannot answer yet stands under who has to move first: by name, since when, how to reach them."""

from uuid import uuid4

from tests.support.world import World
from tests.workflow.engine.lifecycles import drop, edited, put
from workflow.engine import commands
from workflow.engine.commands.claim import ClaimSeat
from workflow.engine.commands.open_case import publish
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.page import QueuePage
from workflow.engine.queue.query import QueueFilters
from workflow.lifecycles.loader.files import body_of, from_body, with_calendars
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment


def queue_of(world: World, who: str) -> QueuePage:
    with world.engine.reading() as session:
        return queue_page.page(
            session, world.engine, world.person(who), QueueFilters(), world.engine.now()
        )


def test_what_can_be_answered_waits_for_nobody(world: World) -> None:
    world.programme("screening")

    page = queue_of(world, "jane.okello")

    assert [row.waits for row in page.ready] == [()]
    assert page.waiting == ()


def test_a_taken_seat_waits_for_whoever_took_it(world: World) -> None:
    ref, ravi = world.programme("screening"), world.person("ravi.chand")
    seat = world.seat(ref, "screening", ravi) or 0
    commands.claim(
        world.engine, ravi, ClaimSeat(ref, "screening", seat, world.version(ref), uuid4().hex)
    )

    page = queue_of(world, "jane.okello")

    assert page.ready == ()
    (mover,) = page.waiting[0].waits
    assert [(one.name, one.email) for one in mover.people] == [
        ("Ravi Chand", "ravi.chand@demo.example")
    ]


def test_what_comes_after_another_round_waits_for_those_who_are_silent_there(world: World) -> None:
    raw = edited(put("rounds/consultation_closing/opens", "on entry"))
    publish(world.engine, from_body(body_of(with_calendars(raw))))
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "The tutors are ours.")

    (row,) = queue_of(world, "elena.petrova").waiting

    assert {one.name for mover in row.waits for one in mover.people} == {
        "Priya Menon",
        "Somchai Chaiyasit",
        "Aisyah Rahman",
    }
    assert {mover.since for mover in row.waits} == {row.since}


def test_a_document_that_others_write_is_waited_for_with_its_writers(world: World) -> None:
    raw = edited(
        put("rules/screening_check/verdicts/open_consultation/needs", ["project_document"]),
        drop("rules/screening_check/verdicts/return"),
        drop("rules/screening_check/verdicts/reject"),
        drop("rounds/screening/outcomes/return"),
        drop("rounds/screening/outcomes/reject"),
    )
    publish(world.engine, from_body(body_of(with_calendars(raw))))
    world.programme("screening")

    (row,) = queue_of(world, "jane.okello").waiting

    assert row.lacking == ("project_document",)
    assert [(mover.party, [one.name for one in mover.people]) for mover in row.waits] == [
        ("United Nations Development Programme", ["Kenji Watanabe"])
    ]


def test_whoever_writes_what_they_sign_is_led_to_the_form(world: World) -> None:
    ref = world.programme("draft")

    (row,) = queue_of(world, "joao.lima").ready

    assert row.path == f"/programmes/{ref}/documents/proposal/edit"


def test_a_mandate_leads_to_the_round_since_it_lets_nobody_write(world: World) -> None:
    ref = world.programme("draft")
    joao, today = world.person("joao.lima"), world.engine.now().date()
    with world.engine.transaction() as session:
        held = session.query(Appointment).filter_by(person_id=joao).one()
        wish = Grant(held.id, world.person("elena.petrova"), today, today, "On leave.", "all")
        grant(session, joao, wish, now=world.engine.now())

    (row,) = queue_of(world, "elena.petrova").ready

    assert row.path == f"/programmes/{ref}/rounds/submission/1?seat={row.seat}"
