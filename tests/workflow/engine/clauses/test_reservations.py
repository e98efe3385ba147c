"""What a country stands by is carried to whatever is decided later, and read by whoever takes part."""

import pytest

from tests.support.world import World
from tests.workflow.engine.clauses.consulted import (
    BRAZIL,
    CHINA,
    DIRECTOR,
    INDIA,
    THAILAND,
    answered,
    commented,
    stands_by,
)  # fmt: skip
from tests.workflow.engine.pages.opened import viewer
from tests.workflow.lifecycles.shipped.test_framework import RECORD, Framed
from workflow.engine.clauses.reservations import Reservation, reservations
from workflow.lifecycles.clauses.remarks import reading

STANDS, WORDS = "End with the biennium.", "Brazil cannot plan past its own biennium."
BOARD, STRANGER = "carla.duarte", "ingrid.solberg"


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that was read twice; Brazil stands by one of its comments."""
    framed = Framed(world)
    commented(framed)
    answered(framed)
    stands = stands_by(framed, BRAZIL, STANDS)
    framed.world.answer(framed.ref, "second_reading", BRAZIL, "reservation", WORDS, stands)
    return framed


def standing(framed: Framed, who: str) -> tuple[Reservation, ...]:
    """The reservations as one person may read them."""
    with framed.world.engine.reading() as session:
        seen = viewer(framed.world, session, framed.ref, who)
        return reservations(session, seen.definition, seen.case.id, seen.sight.answers)


def test_a_reservation_is_told_with_its_comment_and_the_answer_to_it(framed: Framed) -> None:
    (found,) = standing(framed, DIRECTOR)

    assert (found.party, found.words) == ("Brazil", WORDS)
    assert [(each.clause, each.words) for each in found.comments] == [("1.5", STANDS)]
    assert found.comments[0].reply is not None


def test_whoever_withdraws_has_no_reservation(framed: Framed) -> None:
    for who in (INDIA, CHINA, THAILAND):
        framed.answer(who, "second_reading", "content")

    assert framed.state == "drafting"
    assert [each.party for each in standing(framed, DIRECTOR)] == ["Brazil"]


def test_a_reservation_that_is_withdrawn_after_all_stands_no_longer(framed: Framed) -> None:
    framed.world.answer(framed.ref, "second_reading", BRAZIL, "content", "", {})

    assert standing(framed, DIRECTOR) == ()


def test_silence_in_the_second_reading_carries_nothing(framed: Framed) -> None:
    framed.wait(days=20)

    assert framed.state == "drafting"
    assert [each.party for each in standing(framed, DIRECTOR)] == ["Brazil"]


def test_whoever_takes_no_part_reads_no_reservation(framed: Framed) -> None:
    framed.wait(days=20)
    framed.file("consultation_record", RECORD)
    framed.answer(DIRECTOR, "presenting", "present")

    assert [each.party for each in standing(framed, BOARD)] == ["Brazil"]
    assert standing(framed, STRANGER) == ()


def test_a_second_consultation_begins_without_the_reservations_of_the_first(
    framed: Framed,
) -> None:
    framed.wait(days=20)
    framed.world.answer(framed.ref, "presenting", DIRECTOR, "again", "Too much is open.")
    commented(framed)

    assert standing(framed, DIRECTOR) == ()
    assert reading(framed.definition.rounds["second_reading"]) is not None
