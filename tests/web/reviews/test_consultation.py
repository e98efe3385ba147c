"""A reservation that stands is on the Board's paper, on the history and in no page of anybody who takes no part."""

from tests.support.deciding import round_page
from tests.support.visitors import Enter, words
from tests.support.world import NURSES, World
from tests.workflow.lifecycles.consultations.test_consultation import (
    STANDS,
    WORDS,
    commented,
    read_twice,
    reported,
)
from workflow.audit.verification.verify import verify
from workflow.demo import path

BOARD, STRANGER = "carla.duarte", "ingrid.solberg"


def test_the_board_has_the_reservation_on_its_paper_and_nobody_else_knows_of_it(
    world: World, enter: Enter
) -> None:
    ref = commented(world)
    reported(world, ref)
    path.carry(world, ref, NURSES, "decision")

    paper = words(enter(BOARD).get(round_page(world, ref, "decision", BOARD)))
    outside = enter(STRANGER)
    seen = [
        outside.get(address).get_data(as_text=True)
        for address in (
            f"/programmes/{ref}", f"/programmes/{ref}/rounds/decision/1", f"/histories/{ref}",
            f"/programmes/{ref}/rounds/consultation/1", f"/programmes/{ref}/rounds/second_reading/1",
            f"/programmes/{ref}/documents/consultation_report",
        )
    ]  # fmt: skip

    assert "1 reservation stands" in paper
    assert (WORDS in paper, STANDS in paper, "As far as the money goes." in paper) == (True,) * 3
    assert not [each for each in seen if WORDS in each or STANDS in each]
    assert WORDS in enter(BOARD).page(f"/histories/{ref}")
    assert verify(world.engine.database).sound


def test_the_report_opens_on_what_was_said_and_its_readers_are_told_in_words_why_they_are_asked(
    world: World, enter: Enter
) -> None:
    ref = commented(world)
    read_twice(world, ref)

    second = words(enter("jane.okello").get(f"/programmes/{ref}/rounds/second_reading/1"))
    begun = enter("jane.okello").get(f"/programmes/{ref}/documents/consultation_report/edit")

    assert "answered: support with comments" not in second
    assert "answered: Supports, with comments" in second
    assert begun.headers["Location"].endswith("/edit/report")


def test_who_answered_is_not_said_not_to_have_opened_what_was_asked(
    world: World, enter: Enter
) -> None:
    ref = commented(world)

    page = words(enter("jane.okello").get(f"/programmes/{ref}/rounds/consultation/1"))

    assert "told " in page
    assert "not opened yet" not in page
