"""A question to the proposer and a second opening, on their pages as people come to them."""

import pytest

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_small_grant import endorsed, written
from tests.workflow.lifecycles.shipped.test_triangular import advised, turns

ASKED, SAID = "Which bank keeps the register?", "That of Praia."


@pytest.fixture
def screened(world: World) -> Carried:
    """A small grant that is being screened."""
    carried = written(world)
    endorsed(carried)
    return carried


def test_whoever_screens_asks_and_the_institution_answers_on_its_own_page(
    screened: Carried, enter: Enter
) -> None:
    ref, world = screened.ref, screened.world
    jane, joao = enter("jane.okello"), enter("joao.lima")

    offered = jane.page(f"/programmes/{ref}")
    form = jane.page(f"/programmes/{ref}/initiatives/asking_back")
    sent = decide(jane, f"/programmes/{ref}/initiatives/asking_back", {"reason": ASKED})
    receipt = jane.page(str(sent.location))
    stopped = words(jane.get(f"/programmes/{ref}/rounds/screening/1"))
    queue, page = joao.page("/queue"), joao.page(round_page(world, ref, "asking_back", "joao.lima"))
    answered = decide(
        joao,
        round_page(world, ref, "asking_back", "joao.lima"),
        {"verdict": "explain", "reason": SAID},
    )
    after = words(jane.get(f"/programmes/{ref}/rounds/screening/1"))

    assert f"/programmes/{ref}/initiatives/asking_back" in offered
    assert "Question to the institution" in receipt
    assert "What you ask" in form
    assert "You decide once they have been heard" not in form
    assert "Your answer" in page
    assert (sent.status_code, answered.status_code) == (303, 303)
    assert "it goes on when the question is answered, or its time is up" in stopped
    assert "answer a question of the secretariat" in queue
    assert ASKED in page
    assert "it goes on when the question is answered" not in after
    assert SAID in jane.page(f"/programmes/{ref}/rounds/asking_back/1")


def test_a_question_without_words_is_not_sent(screened: Carried, enter: Enter) -> None:
    address = f"/programmes/{screened.ref}/initiatives/asking_back"

    answer = decide(enter("jane.okello"), address, {"reason": " "})

    assert answer.status_code == 422
    assert screened.due("screening") is not None


def test_outside_its_window_a_page_says_when_the_next_one_opens(world: World, enter: Enter) -> None:
    carried = written(world)
    world.clock.pass_time(days=90)

    page = words(enter("joao.lima").get(round_page(world, carried.ref, "sending", "joao.lima")))

    assert "yearly window alone; the next one opens on 1 Jan 2027" in page
    assert "Somebody else has to answer" not in page


def test_the_chair_opens_the_appraisal_again_on_its_page(world: World, enter: Enter) -> None:
    carried = advised(world)
    fatou = enter("fatou.ndiaye")

    answer = decide(
        fatou,
        f"/programmes/{carried.ref}/initiatives/advising_again",
        {"verdict": "again", "reason": "The budget was changed orally."},
    )

    assert answer.status_code == 303
    assert turns(carried, "appraising") == ["settled", "open"]
    assert "“Appraisal” opens next" in words(fatou.get(answer.headers["Location"]))
