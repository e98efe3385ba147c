"""The report of a consultation begins with what was said: each comment, its answer and what stands."""

import pytest

from tests.support.world import World
from tests.workflow.engine.clauses.consulted import (
    BRAZIL,
    OFFICER,
    SAID,
    answered,
    commented,
    stands_by,
)
from tests.workflow.lifecycles.shipped.test_framework import Framed
from workflow.programmes.documents.drafts import form_page

STANDS, WORDS = "End with the biennium.", "Brazil cannot plan past its own biennium."


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def views(framed: Framed, kind: str = "consultation_record") -> list[dict[str, str]]:
    """The table with which the form of a report opens."""
    world = framed.world
    with world.engine.reading() as session:
        page = form_page(session, world.engine, world.person(OFFICER), framed.ref, kind=kind)
    return list(page.content.get("views") or ())


def test_each_comment_is_a_line_with_its_answer_and_the_reservation(framed: Framed) -> None:
    commented(framed)
    answered(framed)
    stands = stands_by(framed, BRAZIL, STANDS)
    framed.world.answer(framed.ref, "second_reading", BRAZIL, "reservation", WORDS, stands)
    framed.wait(days=20)

    found = views(framed)

    assert len(found) == sum(map(len, SAID.values())) + 1
    assert all(each["answer"].startswith("Partly accepted: ") for each in found)
    assert [each for each in found if each.get("stands")] == [
        {
            "whose": "Brazil",
            "clause": "1.5 In force until",
            "view": STANDS,
            "answer": next(each["answer"] for each in found if each["view"] == STANDS),
            "stands": WORDS,
        }
    ]


def test_what_was_filed_is_kept_and_other_texts_begin_with_nothing(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")

    assert views(framed) == []
    assert views(framed, "framework") == []
