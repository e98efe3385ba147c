"""Ordering dossiers, on both databases: one in the making for each person, fetched within a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from workflow.audit.models import Event
from workflow.dossiers.build import BuiltDossier
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.orders import fetch, last_order, made, order, request_of
from workflow.erasure.erase import ErasureRequest, erase
from workflow.errors import Invalid, NotFound
from workflow.orders.desk import QUICK, Desk, Progress
from workflow.orders.kinds import KEPT, OrderState, Said
from workflow.orders.models import FileOrder
from workflow.orders.retention import clear_shelf
from workflow.orders.shelf import Shelf
from workflow.people.commands import end_appointment
from workflow.people.models import Appointment

ROOT = bytes(32)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "dossiers")


@pytest.fixture
def marie(world: World) -> int:
    return world.person("marie.laurent")


def work(world: World, shelf: Shelf) -> None:
    def make(ordered: FileOrder, to: IO[bytes], _progress: Progress) -> Said:
        request = request_of(ordered)
        to.write(f"dossier of {request.ref}".encode())
        return made(BuiltDossier(request.ref, 1, 0, 0, 7, ROOT, cosigned=False))

    desk = Desk(world.engine, shelf, make, QUICK)
    while not desk.step():
        continue


def a_dossier(world: World, shelf: Shelf, person: int, ref: str) -> int:
    number = order(world.engine, person, DossierRequest(ref, person), "en")
    work(world, shelf)
    return number


def state(world: World, shelf: Shelf, person: int, ref: str) -> OrderState | None:
    with world.engine.reading() as session:
        found = last_order(session, shelf, person, ref, world.engine.now())
        return found.state if found else None


def copies(world: World) -> int:
    with world.engine.reading() as session:
        told = select(func.count()).where(Event.type == "history.exported")
        return session.scalar(told) or 0


def test_a_dossier_is_ordered_made_and_fetched(world: World, shelf: Shelf, marie: int) -> None:
    ref = world.programme("screening")
    number = order(world.engine, marie, DossierRequest(ref, marie), "en")
    waiting = state(world, shelf, marie, ref)
    work(world, shelf)
    made, before = state(world, shelf, marie, ref), copies(world)

    with fetch(world.engine, shelf, marie, ref, number) as file:
        read = file.read()

    assert (waiting, made, before) == (OrderState.WAITING, OrderState.READY, 0)
    assert read == f"dossier of {ref}".encode()
    assert copies(world) == 1


def test_each_time_it_is_fetched_is_told(world: World, shelf: Shelf, marie: int) -> None:
    ref = world.programme("screening")
    number = a_dossier(world, shelf, marie, ref)

    for _ in range(2):
        fetch(world.engine, shelf, marie, ref, number).close()

    assert copies(world) == 2


def test_of_many_orders_at_once_one_is_made(world: World, shelf: Shelf, marie: int) -> None:
    ref = world.programme("screening")

    def ask(_number: int) -> int:
        return order(world.engine, marie, DossierRequest(ref, marie), "en")

    with ThreadPoolExecutor(8) as threads:
        numbers = set(threads.map(ask, range(8)))

    assert len(numbers) == 1


def test_another_one_is_refused_while_one_is_made(world: World, marie: int) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    order(world.engine, marie, DossierRequest(ref, marie), "en")

    with pytest.raises(Invalid, match=f"A dossier of {ref} is being made for you"):
        order(world.engine, marie, DossierRequest(other, marie), "en")
    with pytest.raises(Invalid, match="Order the next one when it is ready"):
        order(world.engine, marie, DossierRequest(ref, marie, bare=True), "en")


def test_who_may_not_know_of_a_history_orders_nothing(world: World) -> None:
    ref, stranger = world.programme("draft"), world.person("priya.menon")

    with pytest.raises(NotFound, match="There is no history called"):
        order(world.engine, stranger, DossierRequest(ref, stranger), "en")


def test_who_may_not_know_of_it_any_more_fetches_nothing(world: World, shelf: Shelf) -> None:
    ref, joao = world.programme("draft"), world.person("joao.lima")
    number = a_dossier(world, shelf, joao, ref)
    now = world.engine.now()
    with world.engine.transaction() as session:
        for term in session.scalars(select(Appointment).where(Appointment.person_id == joao)):
            end_appointment(session, term.id, now.date(), by=None, now=now)
    world.clock.at += timedelta(hours=23)

    with pytest.raises(NotFound, match="There is no history called"):
        fetch(world.engine, shelf, joao, ref, number)
    assert copies(world) == 0


def test_nobody_fetches_anothers_or_under_another_name(
    world: World, shelf: Shelf, marie: int
) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    number = a_dossier(world, shelf, marie, ref)

    with pytest.raises(NotFound):
        fetch(world.engine, shelf, world.person("jane.okello"), ref, number)
    with pytest.raises(NotFound):
        fetch(world.engine, shelf, marie, other, number)


def test_after_a_day_it_is_gone(world: World, shelf: Shelf, marie: int) -> None:
    ref = world.programme("screening")
    number = a_dossier(world, shelf, marie, ref)
    world.clock.at += KEPT

    with pytest.raises(NotFound, match="Order it again"):
        fetch(world.engine, shelf, marie, ref, number)
    cleared = clear_shelf(world.engine, shelf)

    assert cleared == 1
    assert state(world, shelf, marie, ref) is None


def test_after_an_erasure_it_is_gone(world: World, shelf: Shelf, marie: int) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "The letter is not signed.")
    number = a_dossier(world, shelf, marie, ref)
    with world.engine.reading() as session:
        seq = session.scalars(
            select(func.max(Event.seq)).where(Event.type == "signoff.given")
        ).one()
    world.clock.at += timedelta(minutes=1)
    asked = ErasureRequest(ref, seq, ("reason",), "a request by the person")
    erase(world.engine, world.person("jane.okello"), asked)

    with pytest.raises(NotFound, match="Order it again"):
        fetch(world.engine, shelf, marie, ref, number)

    assert clear_shelf(world.engine, shelf) == 1


def test_of_one_person_the_last_four_are_kept(world: World, shelf: Shelf, marie: int) -> None:
    refs = [world.programme("screening") for _ in range(6)]
    for ref in refs:
        a_dossier(world, shelf, marie, ref)

    clear_shelf(world.engine, shelf)

    kept = [state(world, shelf, marie, ref) is not None for ref in refs]
    assert kept == [False, False, True, True, True, True]
    with world.engine.reading() as session:
        assert session.scalar(select(func.count()).select_from(FileOrder)) == 4
