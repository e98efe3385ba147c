"""Ordering files, on both databases: one in the making for each person, whatever its kind."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import pytest

from tests.support.world import World
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.orders.desk import BEATS_EVERY, LONG, LONGEST, QUICK, Desk, Progress
from workflow.orders.kinds import KEPT, OrderKind, OrderState, Said, Wish
from workflow.orders.lines import last_order, orders_of
from workflow.orders.models import FileOrder
from workflow.orders.orders import fetch, order
from workflow.orders.retention import clear_shelf
from workflow.orders.shelf import Shelf
from workflow.phrase import phrase

EVENTS = Wish(OrderKind.EVENTS, {"kind": "case.opened", "through": "2026-01-01T00:00:00Z"})
DOSSIER = Wish(OrderKind.DOSSIER, {"bare": False, "since": None}, "SSC-2026-001")


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.fixture
def marie(world: World) -> int:
    return world.person("marie.laurent")


def making(ordered: FileOrder, to: IO[bytes], progress: Progress) -> Said:
    progress.portion(1, 2)
    to.write(ordered.wanted.encode())
    return {"cases": 3}


def work(world: World, shelf: Shelf) -> None:
    desk = Desk(world.engine, shelf, making, LONG)
    while not desk.step():
        continue


def test_a_file_is_ordered_made_and_fetched(world: World, shelf: Shelf, marie: int) -> None:
    number = order(world.engine, marie, EVENTS, "en")
    work(world, shelf)
    told: list[str] = []

    with fetch(world.engine, shelf, marie, number, lambda made: told.append(made.made)) as file:
        read = file.read()

    assert read == b'{"kind":"case.opened","through":"2026-01-01T00:00:00Z"}'
    assert told == ['{"cases":3}']


def test_the_same_order_twice_is_one_whatever_the_order_of_its_words(
    world: World, marie: int
) -> None:
    turned = Wish(EVENTS.kind, dict(reversed(EVENTS.wanted.items())))

    assert order(world.engine, marie, EVENTS, "en") == order(world.engine, marie, turned, "en")


def test_whoever_waits_for_one_orders_no_other(world: World, marie: int) -> None:
    order(world.engine, marie, EVENTS, "en")

    with pytest.raises(Invalid, match="A file is being made for you"):
        order(world.engine, marie, DOSSIER, "en")


def test_nobody_else_fetches_it(world: World, shelf: Shelf, marie: int) -> None:
    number = order(world.engine, marie, EVENTS, "en")
    work(world, shelf)

    with pytest.raises(NotFound, match="Order it again"):
        fetch(world.engine, shelf, world.person("jane.okello"), number, lambda _made: None)


def test_what_may_not_be_told_is_not_handed_out(world: World, shelf: Shelf, marie: int) -> None:
    number = order(world.engine, marie, EVENTS, "en")
    work(world, shelf)

    def refuse(_order: FileOrder) -> None:
        raise NotAuthorised(phrase("This file is for others."))

    with pytest.raises(NotAuthorised):
        fetch(world.engine, shelf, marie, number, refuse)


def test_after_a_day_the_worker_removes_it(world: World, shelf: Shelf, marie: int) -> None:
    number = order(world.engine, marie, EVENTS, "en")
    work(world, shelf)
    world.clock.at += KEPT

    with pytest.raises(NotFound, match="Order it again"):
        fetch(world.engine, shelf, marie, number, lambda _made: None)
    cleared = clear_shelf(world.engine, shelf)

    assert cleared == 1
    with world.engine.reading() as session:
        assert orders_of(session, shelf, marie, world.engine.now()) == ()


def test_what_is_made_while_somebody_else_clears_the_shelf_stays_there(
    world: World, shelf: Shelf, marie: int
) -> None:
    class Slow(Shelf):
        """Whoever clears it was stopped after looking which orders there are."""

        def keep_only(self, *given: Any) -> int:
            order(world.engine, marie, EVENTS, "en")
            work(world, shelf)
            return super().keep_only(*given)

    cleared = clear_shelf(world.engine, Slow(shelf.root))

    with world.engine.reading() as session:
        (line,) = orders_of(session, shelf, marie, world.engine.now())
    fetch(world.engine, shelf, marie, line.id, lambda _made: None).close()
    assert cleared == 0


def test_a_large_file_keeps_no_dossier_waiting(world: World, shelf: Shelf, marie: int) -> None:
    order(world.engine, marie, EVENTS, "en")
    jane = world.person("jane.okello")
    order(world.engine, jane, DOSSIER, "en")

    Desk(world.engine, shelf, making, QUICK).step()

    with world.engine.reading() as session:
        now = world.engine.now()
        (events,) = orders_of(session, shelf, marie, now)
        dossier = last_order(session, shelf, jane, DOSSIER, now)
    assert (events.state, events.before) == (OrderState.WAITING, 0)
    assert dossier is not None
    assert dossier.state is OrderState.READY


def test_whoever_shows_life_keeps_the_order_however_long_it_takes(
    world: World, shelf: Shelf, marie: int
) -> None:
    order(world.engine, marie, EVENTS, "en")
    other = Desk(world.engine, shelf, making, LONG)
    seen: list[tuple[tuple[int, int] | None, float]] = []

    def slowly(ordered: FileOrder, to: IO[bytes], progress: Progress) -> Said:
        for done in range(30):
            world.clock.at += BEATS_EVERY
            progress.portion(done, 30)
        with world.engine.reading() as session:
            (line,) = orders_of(session, shelf, marie, world.engine.now())
        seen.append((line.portion, other.step()))
        return making(ordered, to, progress)

    Desk(world.engine, shelf, slowly, LONG).step()

    assert [portion for portion, _ in seen] == [(29, 30)]
    assert seen[0][1] > 0
    with world.engine.reading() as session:
        (line,) = orders_of(session, shelf, marie, world.engine.now())
    assert line.state is OrderState.READY


def test_who_was_taken_for_dead_stops_and_spoils_nothing(
    world: World, shelf: Shelf, marie: int
) -> None:
    number = order(world.engine, marie, EVENTS, "en")
    other = Desk(world.engine, shelf, making, LONG)

    def paused(_ordered: FileOrder, to: IO[bytes], progress: Progress) -> Said:
        world.clock.at += LONGEST + timedelta(seconds=1)
        other.step()
        to.write(b"from a maker that was taken for dead")
        progress.portion(2, 2)
        return {}

    Desk(world.engine, shelf, paused, LONG).step()

    with fetch(world.engine, shelf, marie, number, lambda _made: None) as file:
        assert file.read().startswith(b'{"kind"')
