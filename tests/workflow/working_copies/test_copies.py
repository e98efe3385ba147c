"""What people are writing is kept for them alone, once for each form, and forgotten when it is taken."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.support.world import World
from workflow.errors import Invalid
from workflow.working_copies import copies
from workflow.working_copies.copies import LARGEST, MOST, Copy, FormWords
from workflow.working_copies.models import WorkingCopy

PLACE = "/programmes/SSC-2026-001/documents/proposal/edit/problem"
TYPED = FormWords(
    PLACE, (("field-situation", "Nurses are few."), ("seen_version", "3")), key="page1"
)


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def joao(world: World) -> int:
    return world.person("joao.lima")


def keep(world: World, person: int, written: FormWords = TYPED) -> bool:
    with world.engine.transaction() as session:
        return copies.keep(session, person, written, world.engine.now())


def hold(world: World, person: int, written: FormWords = TYPED) -> int:
    with world.engine.transaction() as session:
        return copies.hold(session, person, written, world.engine.now())


def finish(world: World, person: int, key: str = "page1") -> None:
    with world.engine.transaction() as session:
        copies.finish(session, person, PLACE, key, world.engine.now())


def every(world: World, person: int) -> tuple[Copy, ...]:
    with world.engine.reading() as session:
        return copies.every(session, person)


def test_what_is_typed_takes_the_place_of_what_was_kept(world: World, joao: int) -> None:
    keep(world, joao)
    world.clock.pass_time(seconds=5)
    keep(world, joao, replace(TYPED, fields=(("field-situation", "Nurses are “few” é."),)))

    (found,) = every(world, joao)

    assert found.value("field-situation") == "Nurses are “few” é."
    assert found.value("nothing") == ""
    assert (found.saved_at, found.sent) == (world.engine.now(), False)


def test_nobody_else_finds_it(world: World, joao: int) -> None:
    number, jane = hold(world, joao), world.person("jane.okello")

    with world.engine.transaction() as session:
        copies.drop(session, jane, number)
        found = copies.held(session, jane, number), copies.of_places(session, jane, [PLACE])

    assert found == (None, ())
    assert len(every(world, joao)) == 1


def test_what_was_sent_and_not_taken_stands_beside_what_is_typed(world: World, joao: int) -> None:
    keep(world, joao)
    first, again = hold(world, joao), hold(world, joao)
    other = hold(world, joao, replace(TYPED, fields=(("reason", "Another."),)))

    assert first == again != other
    assert sorted(each.sent for each in every(world, joao)) == [False, True, True]


def test_what_a_page_sends_after_its_words_were_taken_does_not_count(
    world: World, joao: int
) -> None:
    keep(world, joao)
    finish(world, joao)

    late = keep(world, joao)
    of_the_next_page = keep(world, joao, replace(TYPED, key="page2"))

    assert (late, of_the_next_page) == (False, True)
    assert len(every(world, joao)) == 1


def test_what_comes_only_after_its_words_were_taken_does_not_count_either(
    world: World, joao: int
) -> None:
    finish(world, joao)

    assert keep(world, joao) is False
    assert every(world, joao) == ()


def test_taken_words_go_from_all_that_was_kept_of_the_form(world: World, joao: int) -> None:
    keep(world, joao)
    hold(world, joao)
    keep(world, joao, replace(TYPED, place=f"{PLACE}?new=yes"))

    finish(world, joao, key="")

    assert [each.place for each in every(world, joao)] == [f"{PLACE}?new=yes"]


def test_more_than_can_be_kept_is_refused(world: World, joao: int) -> None:
    long = replace(TYPED, fields=(("field-situation", "x" * LARGEST),))

    with pytest.raises(Invalid, match="256 kilobytes"):
        keep(world, joao, long)

    assert every(world, joao) == ()


def test_one_person_has_only_so_many_and_the_oldest_goes_first(world: World, joao: int) -> None:
    with world.engine.transaction() as session:
        for number in range(MOST + 1):
            one = replace(TYPED, place=f"{PLACE}{number}")
            copies.keep(session, joao, one, world.engine.now())

    places = {each.place for each in every(world, joao)}
    assert len(places) == MOST
    assert f"{PLACE}0" not in places


def test_what_is_held_without_a_session_pushes_out_nothing_that_is_typed(
    world: World, joao: int
) -> None:
    keep(world, joao)
    world.clock.pass_time(seconds=5)
    with world.engine.transaction() as session:
        for number in range(MOST + 1):
            sent = replace(TYPED, place=f"{PLACE}{number}")
            copies.hold(session, joao, sent, world.engine.now())

    found = every(world, joao)
    assert [each.place for each in found if not each.sent] == [PLACE]
    assert len(found) == MOST + 1


def test_forms_that_were_sent_push_out_nothing_that_was_not(world: World, joao: int) -> None:
    keep(world, joao)
    world.clock.pass_time(seconds=5)
    with world.engine.transaction() as session:
        for number in range(MOST + 1):
            copies.finish(session, joao, f"{PLACE}{number}", "page2", world.engine.now())
        copies.keep(session, joao, replace(TYPED, place=f"{PLACE}?new"), world.engine.now())
        marks = session.query(WorkingCopy).filter_by(person_id=joao, fields=b"").count()

    assert {each.place for each in every(world, joao)} == {PLACE, f"{PLACE}?new"}
    assert marks == MOST


def test_of_a_form_the_newest_is_given_back(world: World, joao: int) -> None:
    hold(world, joao)
    world.clock.pass_time(minutes=1)
    keep(world, joao, replace(TYPED, fields=(("field-situation", "Newer."),)))

    with world.engine.reading() as session:
        (found,) = copies.of_places(session, joao, [PLACE, "/elsewhere"])

    assert found.value("field-situation") == "Newer."
