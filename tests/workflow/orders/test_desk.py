"""The desk makes orders in turn, whoever dies at it, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import IO

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.support.world import World
from workflow.clock import utc_now
from workflow.errors import ClockInDoubt, Invalid
from workflow.orders.desk import (
    LONGEST,
    MOST_TRIES,
    QUICK,
    Desk,
    Make,
    Progress,
)
from workflow.orders.kinds import OrderKind, Said, Wish
from workflow.orders.models import FileOrder
from workflow.orders.orders import order
from workflow.orders.shelf import Shelf
from workflow.phrase import phrase
from workflow.timekeeping.timekeeper import Timekeeper

PEOPLE = ("marie.laurent", "jane.okello", "elena.petrova")


class Power(BaseException):
    """What ends a process in the middle."""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "dossiers")


@pytest.fixture
def three(world: World) -> list[str]:
    """Three people have ordered one each; the histories in this order."""
    refs = [world.programme("screening") for _ in PEOPLE]
    for who, ref in zip(PEOPLE, refs, strict=True):
        person = world.person(who)
        order(world.engine, person, Wish(OrderKind.DOSSIER, {}, ref), "en")
    return refs


def writing(told: list[str]) -> Make:
    def make(ordered: FileOrder, to: IO[bytes], progress: Progress) -> Said:
        told.append(ordered.ref)
        progress.step("events")
        to.write(ordered.ref.encode())
        return {}

    return make


def failing(fault: BaseException) -> Make:
    def make(_ordered: FileOrder, _to: IO[bytes], _progress: Progress) -> Said:
        raise fault

    return make


def states(world: World) -> list[tuple[str, str]]:
    with world.engine.reading() as session:
        found = select(FileOrder.state, FileOrder.problem).order_by(FileOrder.id)
        return [(state, problem) for state, problem in session.execute(found)]


def test_the_oldest_order_comes_first(world: World, shelf: Shelf, three: list[str]) -> None:
    told: list[str] = []
    desk = Desk(world.engine, shelf, writing(told), QUICK)

    waits = [desk.step() for _ in range(4)]

    assert told == three
    assert waits[:3] == [0.0, 0.0, 0.0]
    assert waits[3] > 0


def test_many_desks_make_each_order_once(world: World, shelf: Shelf, three: list[str]) -> None:
    told: list[str] = []
    barrier = Barrier(4)

    def at_work(_number: int) -> None:
        desk = Desk(world.engine, shelf, writing(told), QUICK)
        barrier.wait()
        while not desk.step():
            continue

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(at_work, range(4)))

    assert sorted(told) == sorted(three)
    assert {state for state, _ in states(world)} == {"ready"}


def test_what_is_refused_is_told_on_the_order(world: World, shelf: Shelf, three: list[str]) -> None:
    Desk(world.engine, shelf, failing(Invalid(phrase("It is too large."))), QUICK).step()

    assert states(world)[0] == ("failed", "It is too large.")


def test_a_fault_of_ours_fails_one_order_and_keeps_no_other(
    world: World, shelf: Shelf, three: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    Desk(world.engine, shelf, failing(ZeroDivisionError()), QUICK).step()

    assert [state for state, _ in states(world)] == ["failed", "waiting", "waiting"]
    assert "could not be made" in caplog.text


def test_while_the_database_is_away_the_order_stays(
    world: World, shelf: Shelf, three: list[str]
) -> None:
    away = OperationalError("", {}, ConnectionError(), connection_invalidated=True)

    with pytest.raises(OperationalError):
        Desk(world.engine, shelf, failing(away), QUICK).step()

    assert states(world)[0] == ("making", "")


def test_what_a_dead_maker_left_is_made_by_another(
    world: World, shelf: Shelf, three: list[str]
) -> None:
    told: list[str] = []
    with pytest.raises(Power):
        Desk(world.engine, shelf, failing(Power()), QUICK).step()
    other = Desk(world.engine, shelf, writing(told), QUICK)
    other.step()
    at_once = list(told)

    world.clock.at += LONGEST + timedelta(seconds=1)
    while not other.step():
        continue

    assert at_once == [three[1]]
    assert sorted(told) == sorted(three)


def test_what_kills_every_maker_is_given_up(world: World, shelf: Shelf, three: list[str]) -> None:
    desk, killed = Desk(world.engine, shelf, failing(Power()), QUICK), 0
    while {state for state, _ in states(world)} != {"failed"}:
        try:
            desk.step()
        except Power:
            killed += 1
            world.clock.at += LONGEST + timedelta(seconds=1)

    assert killed == MOST_TRIES * len(three)


def test_now_and_then_it_clears_the_shelf(world: World, shelf: Shelf, three: list[str]) -> None:
    desk = Desk(world.engine, shelf, writing([]), QUICK)
    while not desk.step():
        continue
    world.clock.at += timedelta(days=2)

    desk.step()

    assert states(world) == []
    assert list(shelf.root.iterdir()) == []


def test_a_clock_that_leaps_takes_nothing_from_the_shelf(
    world: World, shelf: Shelf, three: list[str]
) -> None:
    world.clock.at = utc_now()
    world.engine.kept_by(Timekeeper(world.engine.database, world.clock, ran=lambda: 0.0))
    desk = Desk(world.engine, shelf, writing([]), QUICK)
    while not desk.step():
        continue
    world.clock.pass_time(days=40)

    with pytest.raises(ClockInDoubt):
        desk.step()

    assert [state for state, _ in states(world)] == ["ready"] * len(three)
    assert len(list(shelf.root.iterdir())) == len(three)
