"""The officers' desk: open cases by how long they stand, empty offices, and who has taken what."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import update

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import OFFICER, bring_in
from workflow.engine import commands
from workflow.engine.commands import ClaimSeat
from workflow.people.models import Appointment
from workflow.programmes.lists import case_desk as desk
from workflow.programmes.lists.case_desk import CaseDesk, EmptyOffice, case_desk
from workflow.vocabulary import Stage


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def look(world: World, stage: Stage | None = None, after: str = "") -> CaseDesk:
    with world.engine.reading() as session:
        person, now = world.person(OFFICER), world.engine.now()
        return case_desk(session, world.engine, person, stage, after, now)


def refs(page: CaseDesk) -> list[str]:
    return [line.programme.ref for line in page.lines]


def test_an_empty_house_has_an_empty_desk(world: World) -> None:
    assert look(world) == CaseDesk((), 0, None, "")


def test_open_cases_stand_there_the_oldest_first_and_nothing_else(world: World) -> None:
    first = world.programme("screening")
    world.clock.pass_time(days=2)
    second = world.programme("consultation")
    world.programme("draft")
    bring_in(world, {})

    found = look(world)

    assert refs(found) == [first, second]
    assert found.lines[0].programme.moves[0].asks == "screen the proposal"
    assert found.lines[0].due == found.lines[0].programme.moves[0].due


def test_a_stage_narrows_the_desk(world: World) -> None:
    world.programme("screening")
    consulted = world.programme("consultation")

    assert refs(look(world, Stage.CONSULTATION)) == [consulted]


def test_late_rounds_are_counted(world: World) -> None:
    world.programme("screening")
    world.clock.pass_time(days=60)

    assert look(world).late == 1


def test_an_office_that_nobody_holds_is_named(world: World) -> None:
    world.programme("screening")
    gone = (world.clock.at.date()).replace(year=2024)
    with world.engine.transaction() as session:
        ended = update(Appointment).where(Appointment.role == "unit_officer")
        session.execute(ended.values(ends_on=gone))
    world.honest = False

    (line,) = look(world).lines

    assert line.empty == (EmptyOffice("unit_officer", "Special Unit for South-South Cooperation"),)


def test_who_has_taken_an_officers_seat_is_said(world: World) -> None:
    ref = world.programme("screening")
    (before,) = look(world).lines[0].seats
    taken = ClaimSeat(ref, "screening", before.seat, world.version(ref), uuid4().hex)
    commands.claim(world.engine, world.person("ravi.chand"), taken)

    (after,) = look(world).lines[0].seats

    assert (before.held, after.held) == ("", "Ravi Chand")
    assert (after.round_key, after.turn) == ("screening", 1)


def test_pages_go_on_behind_the_last_line_and_hold_each_case_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "PAGE", 2)
    every = [world.programme("screening") for _ in range(3)]

    first = look(world)
    second = look(world, after=first.next)

    assert refs(first) + refs(second) == every
    assert second.next == ""
    assert refs(look(world, after="nonsense")) == every[:2]


def test_it_asks_as_much_of_many_cases_as_of_one(world: World) -> None:
    world.programme("screening")
    look(world)
    with asked(world.engine.database) as one:
        look(world)
    for _ in range(4):
        world.programme("screening")

    with asked(world.engine.database) as many:
        look(world)

    assert many.read == one.read <= 14, many.told()
