"""Queue, badge, page and command give the same reasons for every seat of a populated world."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.badges import queue_count
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put, written
from workflow.engine import commands, round_state
from workflow.engine.commands.claim import ClaimSeat
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase, Seat
from workflow.engine.pages.actions import Action, actions
from workflow.engine.permissions.authority import SeatRequest, authority
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.page import Waiting
from workflow.engine.queue.query import QueueFilters
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.errors import NotFound, Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import appoint
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment, Person

STATES = (
    "draft",
    "screening",
    "consultation",
    "lead_group",
    "formulation",
    "appraisal",
    "decision",
)


def closing_on_entry(folder: Path) -> Path:
    """The standard lifecycle, but that the closing of a consultation waits in the queue for it."""
    return written(folder, edited(put("rounds/consultation_closing/opens", "on entry")))


def row_of(world: World, who: str, round_key: str) -> Waiting:
    with world.engine.reading() as session:
        found = queue_page.page(
            session, world.engine, world.person(who), QueueFilters(), world.engine.now()
        )
    return next(row for row in found.rows if row.round_key == round_key)


def action_of(world: World, ref: str, who: str, round_key: str) -> Action:
    person, now = world.person(who), world.engine.now()
    with world.engine.reading() as session:
        case = visible_case(session, ref, person, now)
        offered = actions(session, world.engine, case, person, now)
    return next(action for action in offered if action.round_key == round_key)


def test_the_queue_says_as_the_page_does_that_a_seat_waits_for_another_round(
    world: World, tmp_path: Path
) -> None:
    publish(world.engine, load_file(closing_on_entry(tmp_path)))
    ref = world.programme("consultation")

    row = row_of(world, "elena.petrova", "consultation_closing")

    page = action_of(world, ref, "elena.petrova", "consultation_closing")
    assert row.barred == page.reasons
    assert [reason for reason in row.barred if str(reason).startswith("This waits until")]
    assert not row.in_folder


def populate(world: World, folder: Path) -> None:
    """Programmes in many states, and people with claims, mandates and several offices."""
    publish(world.engine, load_file(closing_on_entry(folder)))
    refs = {state: world.programme(state) for state in STATES}
    jane, ravi = world.person("jane.okello"), world.person("ravi.chand")
    seat = world.seat(refs["screening"], "screening", jane)
    command = ClaimSeat(refs["screening"], "screening", seat or 0, 0, uuid4().hex)
    command = replace(command, seen_version=world.version(refs["screening"]))
    commands.claim(world.engine, jane, command)
    delegate(world, jane, "elena.petrova", "all")
    delegate(world, ravi, "elena.petrova", "round:screening")
    delegate(world, world.person("joao.lima"), "ravi.chand", f"case:{refs['screening']}")
    delegate(world, world.person("carla.duarte"), "arjun.mehta", "all")
    with world.engine.transaction() as session:
        today, now = world.engine.now().date(), world.engine.now()
        for person, role, party in (
            (jane, "board_member", "bra"), (world.person("paulo.sa"), "unit_officer", "special-unit"),
            (world.person("joao.lima"), "unit_head", "special-unit"),
        ):  # fmt: skip
            appoint(session, person, role, world.party(party), today, by=None, now=now)


def delegate(world: World, principal: int, who: str, scope: str) -> None:
    """Let somebody act for each office of a principal."""
    today = world.engine.now().date()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == principal)
        for appointment in session.scalars(held).all():
            until = today + timedelta(days=9)
            command = Grant(appointment, world.person(who), today, until, "On leave.", scope)
            grant(session, principal, command, now=world.engine.now())


def queue_of(world: World, person: int) -> dict[int, tuple[str, ...]]:
    """Every seat of the person's queue with what bars them, page by page."""
    found: dict[int, tuple[str, ...]] = {}
    after = None
    while after != "":
        with world.engine.reading() as session:
            shown = queue_page.page(
                session, world.engine, person, QueueFilters(after=after or ""), world.engine.now()
            )
        found |= {row.seat: tuple(map(str, row.barred)) for row in shown.rows}
        after = shown.after
    return found


def page_of(world: World, ref: str, person: int) -> dict[int, tuple[str, ...]]:
    """Every open seat that the case's page shows, with what bars the person; nothing unseen."""
    now = world.engine.now()
    with world.engine.reading() as session:
        try:
            case = visible_case(session, ref, person, now)
        except NotFound:
            return {}
        offered = actions(session, world.engine, case, person, now)
    return {
        each.seat: tuple(map(str, each.reasons))
        for each in offered
        if each.seat and not each.answered
    }


def commands_of(world: World, ref: str, person: int) -> dict[int, str]:
    """Why the command refuses the person at each open seat of the case, or nothing; it writes nothing."""
    refused = {}
    with world.engine.transaction() as session:
        case = lock_case(session, ref)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, person, world.engine.now())
        for round_ in round_state.open_rounds(session, case.id):
            for seat in round_.seats:
                asked = SeatRequest(
                    definition.rounds[round_.key], round_, seat.id, seat.place, case.state,
                    case.footing,
                    declaring=True,
                )  # fmt: skip
                try:
                    authority(work, asked, person)
                    refused[seat.id] = ""
                except Refusal as refusal:
                    refused[seat.id] = str(refusal.said)
    return refused


def test_queue_badge_page_and_command_agree_on_every_seat_for_everybody(
    world: World, tmp_path: Path
) -> None:
    populate(world, tmp_path)
    world.clock.pass_time(days=1)
    with world.engine.reading() as session:
        people = session.execute(select(Person.id, Person.email)).all()
        seats = session.execute(
            select(Seat.id, LifecycleCase.ref)
            .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
            .where(Seat.status == "open", Seat.role != "system")
        ).all()
    refs = {ref for _, ref in seats}

    told = {
        person: (queue_of(world, person), {ref: page_of(world, ref, person) for ref in refs})
        for person, _ in people
    }

    disagreements: list[tuple[object, ...]] = []
    for person, who in people:
        queue, pages = told[person]
        refused = {ref: commands_of(world, ref, person) for ref in refs}
        with world.engine.reading() as session:
            badge = queue_count(session, person, world.engine.now())
        if badge != len(queue):
            disagreements.append((who, "badge", badge, len(queue)))
        for seat, ref in seats:
            page, why = pages[ref].get(seat), refused[ref][seat]
            if seat in queue and queue[seat] != page:
                disagreements.append((who, ref, queue[seat], page))
            if page is not None and why != (page[0] if page else ""):
                disagreements.append((who, ref, page, why))
            if not why and seat not in queue:
                disagreements.append((who, ref, "may answer what their queue does not hold"))
    assert disagreements == []
    assert len(seats) > 10
    assert {bool(barred) for queue, _ in told.values() for barred in queue.values()} == {
        True,
        False,
    }


def test_of_two_mandates_the_queue_takes_the_one_that_nothing_bars(world: World) -> None:
    ref = world.programme("screening")
    jane, ravi = world.person("jane.okello"), world.person("ravi.chand")
    command = ClaimSeat(
        ref, "screening", world.seat(ref, "screening", ravi) or 0, world.version(ref), uuid4().hex
    )
    commands.claim(world.engine, ravi, command)
    delegate(world, jane, "elena.petrova", "all")
    delegate(world, ravi, "elena.petrova", "all")

    row = row_of(world, "elena.petrova", "screening")

    page = action_of(world, ref, "elena.petrova", "screening")
    assert (row.barred, row.principal) == ((), "Ravi Chand")
    assert page.reasons == ()


@pytest.mark.parametrize("scope", ["case:SSC-2026-002", "round:resubmission"])
def test_a_mandate_brings_nothing_into_the_queue_that_it_does_not_reach(
    world: World, scope: str
) -> None:
    world.programme("draft")
    world.programme("draft")
    delegate(world, world.person("joao.lima"), "elena.petrova", scope)
    elena = world.person("elena.petrova")

    with world.engine.reading() as session:
        badge = queue_count(session, elena, world.engine.now())

    assert badge == len(queue_of(world, elena)) == (1 if scope.startswith("case:") else 0)
