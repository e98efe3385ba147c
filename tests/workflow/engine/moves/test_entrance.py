"""Where whoever is asked goes from a letter or a notice."""

import pytest

from tests.support.world import World
from workflow.engine.moves.entrance import Entrance, entrance
from workflow.errors import NotFound


def found(world: World, ref: str, round_key: str, who: str) -> Entrance:
    person = world.person(who)
    seat = world.seat(ref, round_key, person) or 0
    with world.engine.reading() as session:
        return entrance(world.engine, session, ref, seat, person)


def test_a_submitter_is_led_to_the_form_and_an_officer_to_the_round(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Name the money.")

    submitter = found(world, ref, "resubmission", "joao.lima")

    assert submitter == Entrance("resubmission", 1, "proposal")


def test_whoever_does_not_hold_the_office_is_led_to_the_round(world: World) -> None:
    ref = world.programme("screening")

    officer = found(world, ref, "screening", "jane.okello")

    assert officer == Entrance("screening", 1, "")


def test_a_seat_that_is_none_of_the_case_is_not_found(world: World) -> None:
    ref = world.programme("screening")

    with world.engine.reading() as session, pytest.raises(NotFound, match="no such seat"):
        entrance(world.engine, session, ref, 999_999, world.person("jane.okello"))
