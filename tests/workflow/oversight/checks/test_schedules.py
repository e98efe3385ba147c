"""A row that keeps a schedule from opening its next case is told of, and counted anew."""

from typing import Any

import pytest
from sqlalchemy import delete, update

from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF, above, begun, below, part
from tests.workflow.engine.cases.test_by_schedule import QUARTERLY, on
from workflow.engine.cases.schedules import plan
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.models import LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.checks.schedules import miscounted

SAID = "The schedule report would not open its next case when it should."
FAR: dict[str, Any] = {"opens_at": None}


@pytest.fixture
def house(world: World) -> World:
    """A case whose schedule runs."""
    begun(world, part(), above(report=QUARTERLY))
    world.answer(REF, "start", OFFICER, "go")
    return world


def told(world: World) -> list[str]:
    return [each.difference.sentence for each in miscounted(world.engine)]


@pytest.mark.parametrize("how", ["never", "late", "another period", "gone"])
def test_a_schedule_that_would_not_open_in_time_is_told_and_mended(house: World, how: str) -> None:
    late = house.clock.at.replace(year=2040)
    values: dict[str, dict[str, Any]] = {
        "never": {"opens_at": None},
        "late": {"opens_at": late},
        "another period": {"period_to": late.date()},
    }
    with house.engine.transaction() as session:
        changed = update(ChildSchedule).values(**values[how]) if how in values else None
        session.execute(delete(ChildSchedule) if changed is None else changed)

    before = told(house)
    checked = check_if_due(house.engine)
    on(house, 2026, 6, 2)

    assert before == [SAID]
    assert checked
    assert told(house) == []
    assert below(house) == [f"{REF}.1"]


def test_what_is_as_it_should_be_is_not_told_wherever_the_case_stands(house: World) -> None:
    running = told(house)
    on(house, 2026, 6, 2)
    opened = told(house)
    house.answer(REF, "closing", OFFICER, "back")
    away = told(house)
    house.answer(REF, "start", OFFICER, "go")
    house.answer(REF, "closing", OFFICER, "close")

    assert (running, opened, away, told(house)) == ([], [], [], [])


def test_nothing_is_owed_under_what_is_only_on_record(house: World) -> None:
    house.honest = False
    with house.engine.transaction() as session:
        session.execute(delete(ChildSchedule))
        session.execute(update(LifecycleCase).values(footing="record"))

    assert told(house) == []

    with house.engine.transaction() as session:
        case = lock_case(session, REF)
        definition = house.engine.definition(case.definition_id, session)
        plan(UnitOfWork(session, case, definition, None, house.engine.now()))
    on(house, 2026, 6, 2)
    assert below(house) == []
