"""Forecasts follow the cases, on either database; what is kept is read back as it was said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.forecast.lifecycles import shipped
from tests.workflow.lifecycles.shipped.test_small_grant import asked
from workflow.engine.models import LifecycleCase
from workflow.forecast.case import Outlook, outlook
from workflow.forecast.kept import case_outlook, taught
from workflow.forecast.models import CaseForecast
from workflow.forecast.renewal import Runs, renew

STANDARD = shipped("programme-standard")
FEW = Runs(lifecycle=30, case=30)


def said_of(world: World, ref: str) -> Outlook | None:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        return case_outlook(session, case.id, case.version)


def test_an_open_case_says_when_it_is_probably_decided_and_on_whom_it_waits(world: World) -> None:
    ref = world.programme("screening")

    assert renew(world.engine, runs=FEW) == 1

    found = said_of(world, ref)
    assert found is not None
    assert found.to_decision
    assert found.computed_at == world.engine.now()
    assert found.comes.low
    assert found.comes.high
    assert world.engine.now() < found.comes.low <= found.comes.high
    assert [(each.round, each.role, each.cases) for each in found.awaited] == [
        ("screening", "unit_officer", 0)
    ]
    assert sum(each.share for each in found.next) > 0.99


def test_it_is_computed_again_when_the_case_moves_or_a_day_has_passed_and_not_else(
    world: World,
) -> None:
    ref = world.programme("screening")

    assert [renew(world.engine, runs=FEW), renew(world.engine, runs=FEW)] == [1, 0]
    world.clock.at += timedelta(hours=25)
    assert renew(world.engine, runs=FEW) == 1
    world.clock.at += timedelta(hours=1)
    world.answer(ref, "screening", "jane.okello", "open_consultation")
    assert said_of(world, ref) is None
    assert renew(world.engine, runs=FEW) == 1
    assert said_of(world, ref) is not None


def test_a_forecast_of_an_earlier_version_is_not_shown(world: World) -> None:
    ref = world.programme("screening")
    renew(world.engine, runs=FEW)

    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        assert case_outlook(session, case.id, case.version + 1) is None


def test_a_draft_is_its_partys_alone_and_not_forecast(world: World) -> None:
    ref = world.programme("draft")

    renew(world.engine, runs=FEW)

    assert said_of(world, ref) is None


def test_what_has_been_decided_on_is_forecast_to_its_end(world: World) -> None:
    ref = world.programme("active")

    renew(world.engine, runs=FEW)

    found = said_of(world, ref)
    assert found is not None
    assert not found.to_decision
    assert {each.round for each in found.awaited} >= {"completion"}


def test_a_case_that_has_ended_has_no_forecast_and_one_teaches_nothing(world: World) -> None:
    world.programme("closed")

    assert renew(world.engine, runs=FEW) == 0

    with world.engine.reading() as session:
        assert session.scalar(select(func.count()).select_from(CaseForecast)) == 0
        known = taught(session, STANDARD)
    assert known.closed_cases == 1
    assert known.computed_at == world.engine.now()
    assert known.said is not None
    assert all(how.cases == 0 for how in known.assumed.answers.values())


def test_before_any_renewal_what_is_assumed_is_known(world: World) -> None:
    with world.engine.reading() as session:
        known = taught(session, STANDARD)

    assert (known.closed_cases, known.said) == (0, None)
    assert known.assumed.answers


def test_a_seat_that_answered_is_not_waited_for_and_what_it_said_is_drawn(world: World) -> None:
    """Three of four who are consulted have answered: only the last one is named."""
    ref = world.programme("consultation")
    before = len(said(world, ref))

    world.answer(ref, "consultation", "priya.menon", "support")

    assert len(said(world, ref)) == before - 1


def said(world: World, ref: str) -> tuple[str, ...]:
    renew(world.engine, runs=FEW)
    found = said_of(world, ref)
    assert found is not None
    return tuple(each.party for each in found.awaited if each.round == "consultation")


def test_a_question_that_stops_a_clock_leaves_the_decision_in_sight(world: World) -> None:
    carried = asked(world)

    renew(world.engine, runs=FEW)

    found = said_of(world, carried.ref)
    assert found is not None
    assert found.comes.half is not None
    assert found.comes.half > world.engine.now()


def test_two_workers_at_once_write_what_each_of_them_computed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, together = world.programme("screening"), Barrier(2)

    def once_both_have_computed(*args: Any, **more: Any) -> Outlook:
        found = outlook(*args, **more)
        together.wait(20)
        return found

    monkeypatch.setattr("workflow.forecast.renewal.outlook", once_both_have_computed)
    engines = [world.engine, world.another_engine()]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda engine: renew(engine, runs=FEW), engines))

    assert done == [1, 1]
    assert said_of(world, ref) is not None
