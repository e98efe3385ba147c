"""When the body that a programme goes to sits next."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.support.world import World
from workflow.bodies.commands import call_session
from workflow.bodies.models import Body
from workflow.engine.models import LifecycleCase
from workflow.programmes.body_sessions import next_session

APRIL, JULY = (date(2026, 4, 7), date(2026, 4, 10)), (date(2026, 7, 14), date(2026, 7, 14))


def called(world: World, *sessions: tuple[date, date]) -> None:
    """The Board is called to these sessions."""
    with world.engine.transaction() as session:
        board = session.scalars(select(Body.id).where(Body.kind == "board")).one()
        for days in sessions:
            call_session(session, board, "Session", days, by=None, now=world.clock())


def found(world: World, ref: str, of: str, on: date) -> tuple[date, date] | None:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return next_session(session, case, of, on)


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 3, 2), APRIL),
        (APRIL[0], APRIL),
        (date(2026, 4, 8), JULY),
        (date(2026, 7, 15), None),
    ],
)
def test_the_next_session_is_the_first_that_begins_from_a_day_on(
    world: World, on: date, days: tuple[date, date] | None
) -> None:
    ref = world.programme("screening")
    called(world, JULY, APRIL)

    assert found(world, ref, "board", on) == days


def test_no_session_is_found_of_a_body_that_is_not_there_or_called_to_none(world: World) -> None:
    ref = world.programme("screening")
    before = found(world, ref, "board", APRIL[0])
    called(world, APRIL)

    assert before is None
    assert found(world, ref, "body:steering", date(2026, 3, 2)) is None
