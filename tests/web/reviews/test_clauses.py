"""A text is commented on clause by clause, read a second time, and decided with what still stands, in the browser."""

import re

import pytest

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.engine.clauses.consulted import (
    ALL,
    BRAZIL,
    DIRECTOR,
    INDIA,
    OFFICER,
    SAID,
    answered,
    commented,
    stands_by,
)
from tests.workflow.lifecycles.shipped.test_framework import RECORD, Framed

STANDS, WORDS = "End with the biennium.", "Brazil cannot plan past its own biennium."
BOARD, STRANGER = "carla.duarte", "ingrid.solberg"


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def test_a_comment_by_clause_is_made_on_the_page_beside_the_numbered_text(
    framed: Framed, enter: Enter
) -> None:
    framed.answer(OFFICER, "beginning", "consult")
    address = round_page(framed.world, framed.ref, "consulting", INDIA)
    visit = enter(INDIA)

    form = visit.page(address)
    refused = decide(visit, address, {
        "verdict": "support", "question-comments-0-clause": "content.strategy",
    })  # fmt: skip
    sent = decide(visit, address, {
        "verdict": "support",
        "question-comments-0-clause": "content.results.1",
        "question-comments-0-words": "Forty is too few.",
        "question-conditions": "If others lead as well.",
    })  # fmt: skip

    assert '<option value="content.results.1">2.3.1 Results: Solutions in use</option>' in form
    assert '<span class="reading__clause">2.2</span> Strategy' in form
    assert (refused.status_code, sent.status_code) == (422, 303)
    told = words(enter(OFFICER).get(f"/programmes/{framed.ref}/rounds/consulting/1"))
    assert "Forty is too few." in told
    assert "If others lead as well." in told.partition("Positions so far")[2]


def test_those_who_commented_read_their_comments_beside_the_answers(
    framed: Framed, enter: Enter
) -> None:
    commented(framed)
    answered(framed)
    address = round_page(framed.world, framed.ref, "second_reading", BRAZIL)
    visit = enter(BRAZIL)

    form = visit.page(address)
    comment = re.search(r'name="question-standing-3-comment"[^>]*value="([^"]+)"', form)
    assert comment is not None
    sent = decide(visit, address, {
        "verdict": "reservation", "reason": WORDS, "question-standing-3-comment": comment[1],
    })  # fmt: skip

    assert "Name the languages." in form
    assert (
        "Add energy." not in form.partition('id="question-standing"')[2].partition("</fieldset>")[0]
    )
    assert "the text was changed there" in form
    assert sent.status_code == 303


def read_twice(framed: Framed) -> None:
    """Brazil stands by one comment; it is before the Board."""
    commented(framed)
    answered(framed)
    stands = stands_by(framed, BRAZIL, STANDS)
    framed.world.answer(framed.ref, "second_reading", BRAZIL, "reservation", WORDS, stands)
    framed.wait(days=20)
    framed.file("consultation_record", RECORD)
    framed.answer(DIRECTOR, "presenting", "present")


def test_the_board_reads_the_reservation_and_whoever_takes_no_part_does_not(
    framed: Framed, enter: Enter
) -> None:
    read_twice(framed)

    board = words(enter(BOARD).get(round_page(framed.world, framed.ref, "deciding", BOARD)))
    outside = enter(STRANGER)
    decision = outside.page(f"/programmes/{framed.ref}/rounds/deciding/1")
    reading = outside.get(f"/programmes/{framed.ref}/rounds/second_reading/1")
    consulting = outside.page(f"/programmes/{framed.ref}")

    assert "1 reservation stands" in board
    assert (WORDS in board, STANDS in board) == (True, True)
    assert (WORDS in decision, STANDS in decision, WORDS in consulting) == (False, False, False)
    assert reading.status_code in {403, 404}


def test_a_page_of_the_positions_says_what_was_answered_to_each(
    framed: Framed, enter: Enter
) -> None:
    commented(framed)
    answered(framed)

    page = enter(OFFICER).page(f"/programmes/{framed.ref}/rounds/consulting/1")

    assert len(ALL) == 6
    assert page.count("Partly accepted: As number ") >= 15
    assert all(words in page for said in SAID.values() for _, words in said)
