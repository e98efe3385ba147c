"""Unsent texts go when nobody comes back for them, when their case moves on, and with what is erased."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.erasure.acts import erased
from workflow.engine.models import LifecycleCase
from workflow.working_copies import copies
from workflow.working_copies.copies import FormWords
from workflow.working_copies.retention import KEPT, sweep

REMARKS = {"remarks": [{"section": "objectives", "remark": "Say how many nurses."}]}
WORDS = (("field-situation", "Nurses are few."),)


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def joao(world: World) -> int:
    return world.person("joao.lima")


def case_of(world: World, ref: str) -> int:
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()


def typed(world: World, person: int, place: str, case: int | None = None) -> None:
    with world.engine.transaction() as session:
        copies.keep(session, person, FormWords(place, WORDS, case=case), world.engine.now())


def swept(world: World, kept: timedelta = KEPT) -> int:
    with world.engine.transaction() as session:
        return sweep(session, world.engine.now(), kept)


def places(world: World, person: int) -> set[str]:
    with world.engine.reading() as session:
        return {each.place for each in copies.every(session, person)}


def test_a_text_that_nobody_came_back_for_goes_after_its_days(world: World, joao: int) -> None:
    typed(world, joao, "/old")
    world.clock.pass_time(days=6)
    typed(world, joao, "/new")

    first, _, second = swept(world), world.clock.pass_time(days=1), swept(world, timedelta(days=7))

    assert (first, second, places(world, joao)) == (0, 1, {"/new"})


def test_what_is_finished_goes_after_a_day(world: World, joao: int) -> None:
    typed(world, joao, "/done")
    with world.engine.transaction() as session:
        copies.finish(session, joao, "/done", "page", world.engine.now())

    first, _, second = swept(world), world.clock.pass_time(days=1), swept(world)

    assert (first, second) == (0, 1)


def test_a_day_after_its_case_moved_on_a_text_goes(world: World, joao: int) -> None:
    ref = world.programme("draft")
    typed(world, joao, "/of the draft", case_of(world, ref))
    typed(world, joao, "/of none")
    world.clock.pass_time(minutes=5)
    world.answer(ref, "submission", "joao.lima", "submit")
    world.clock.pass_time(hours=1)
    typed(world, joao, "/of what it is now", case_of(world, ref))

    at_once, _, later = swept(world), world.clock.pass_time(days=1), swept(world)

    assert (at_once, later) == (0, 1)
    assert places(world, joao) == {"/of none", "/of what it is now"}


def test_erasing_a_text_of_a_case_takes_what_is_typed_about_it(world: World, joao: int) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Names Dr Neto.", REMARKS)
    typed(world, joao, "/of the case", case_of(world, ref))
    typed(world, joao, "/of none")

    erased(world, ref)

    with world.engine.reading() as session:
        none, gone = copies.every(session, joao)
        rows = session.connection().exec_driver_sql("select fields from working_copy").scalars()
        left = b"".join(bytes(each) for each in rows)
        restored = copies.of_places(session, joao, ["/of the case"])
        held = copies.held(session, joao, gone.id)
    assert (none.place, none.erased, gone.place, gone.erased) == (
        "/of none",
        False,
        "/of the case",
        True,
    )
    assert (gone.fields, restored, held) == ((), (), None)
    assert left.count(b"Nurses") == 1


def test_whoever_types_again_after_an_erasure_has_what_they_typed(world: World, joao: int) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Names Dr Neto.", REMARKS)
    typed(world, joao, "/of the case", case_of(world, ref))
    erased(world, ref)

    typed(world, joao, "/of the case", case_of(world, ref))

    with world.engine.reading() as session:
        (found,) = copies.every(session, joao)
    assert (found.erased, found.fields) == (False, WORDS)
