"""Which programmes a lead group leads is compared with what their trails tell, and follows that again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.lead_groups.house import (
    DIRECTOR,
    FOCAL,
    OFFICER,
    formed,
    passed,
    published,
    south_africa_wishes_to_lead,
    taking_part,
)
from tests.workflow.lead_groups.test_changes import LED
from workflow.engine.acts.whole import At
from workflow.engine.models import LifecycleCase
from workflow.lead_groups.acts import end, leave
from workflow.lead_groups.programmes import let_go, take_on
from workflow.oversight.checks import lists
from workflow.programmes.lead_groups.models import LedProgramme

Tamper = Callable[[Session], object]


@pytest.fixture
def led(world: World) -> str:
    """A programme that one group took on and let go, and that another one leads."""
    published(world)
    south_africa_wishes_to_lead(world)
    programme, officer = world.programme("formulation", LED), world.person(OFFICER)
    take_on(world.engine, officer, formed(world, ["IND", "ZAF"]), programme)
    let_go(world.engine, officer, programme)
    passed(world, days=1)
    take_on(world.engine, officer, formed(world, ["IND", "ZAF", "BRA"]), programme)
    return programme


def rows(world: World) -> list[tuple[int, int, datetime, datetime | None]]:
    """What is kept of it, but for how far it has followed."""
    kept = select(
        LedProgramme.group_id,
        LedProgramme.programme_id,
        LedProgramme.taken_on_at,
        LedProgramme.let_go_at,
    )
    with world.engine.reading() as session:
        return [tuple(row) for row in session.execute(kept.order_by(LedProgramme.id))]


def leading(world: World) -> str:
    """The group that leads it now."""
    group = select(LedProgramme.group_id).where(LedProgramme.let_go_at.is_(None))
    named = select(LifecycleCase.ref).where(LifecycleCase.id.in_(group))
    with world.engine.reading() as session:
        return session.scalars(named).one()


def now_led(**values: object) -> Tamper:
    """Writes this of the group that leads it now."""
    row = update(LedProgramme).where(LedProgramme.let_go_at.is_(None))
    return lambda session: session.execute(row.values(**values))


def another_group(session: Session) -> None:
    """Says that the first group leads it."""
    first = select(LedProgramme.group_id).order_by(LedProgramme.id).limit(1)
    now_led(group_id=session.scalar(first))(session)


def test_what_is_told_is_kept(world: World, led: str) -> None:
    assert len(rows(world)) == 2
    assert lists.astray(world.engine).led == ()


def test_that_a_group_let_it_go_by_ending_is_kept(world: World, led: str) -> None:
    end(world.engine, world.person(DIRECTOR), At(leading(world)), "It has had its time.")
    passed(world, days=1)

    assert [until is None for *_, until in rows(world)] == [False, False]
    assert lists.astray(world.engine).led == ()


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda session: session.execute(delete(LedProgramme)), id="none is kept"),
        pytest.param(another_group, id="another group"),
        pytest.param(now_led(let_go_at=datetime.fromisoformat("2026-03-09T12:00Z")), id="let go"),
        pytest.param(now_led(taken_on_at=datetime.fromisoformat("2020-03-09T12:00Z")), id="since"),
        pytest.param(now_led(followed_at=datetime.fromisoformat("2099-01-01T12:00Z")), id="ahead"),
    ],
)
def test_what_went_astray_is_found_and_follows_again(
    world: World, led: str, tamper: Tamper
) -> None:
    before = rows(world)
    world.honest = False
    with world.engine.transaction() as session:
        tamper(session)

    found = lists.astray(world.engine)
    lists.make_follow(world.engine, found)

    assert [ref for _, ref in found.led] == [led]
    assert "its trail tells" in found.differences[0].sentence
    assert lists.astray(world.engine).led == ()
    assert rows(world) == before


def test_a_programme_that_was_said_to_have_followed_follows_its_group_again(
    world: World, led: str
) -> None:
    world.honest = False
    with world.engine.transaction() as session:
        now_led(followed_at=world.clock() + timedelta(days=1000))(session)
    leave(world.engine, world.person(FOCAL["BRA"]), At(leading(world)), "Our means go elsewhere.")
    passed(world, days=61)
    before = taking_part(world, led, "lead")

    lists.make_follow(world.engine, lists.astray(world.engine))
    passed(world, days=1)

    assert before == ["bra", "ind", "zaf"]
    assert taking_part(world, led, "lead") == ["ind", "zaf"]
    assert lists.astray(world.engine).led == ()
