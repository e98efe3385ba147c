"""A project of a fund whose Board consents three times is carried to each of its ends."""

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import Carried

NEED = {
    "title": "Clean water for Tete",
    "framework": "F7",
    "participating_countries": ["MOZ"],
    "areas": ["health"],
    "situation": "Wells run dry from August on.",
    "executing_agency": "undp",
    "total_cost": "900000",
}
FOCAL = "paulo.sa"


@pytest.fixture
def need(world: World) -> Carried:
    """A need that was brought to the focal points."""
    carried = Carried(world, "three-consents", NEED)
    carried.answer("joao.lima", "asking", "ask")
    return carried


def taken_up(need: Carried) -> None:
    """A focal point takes it to the Board."""
    need.answer(FOCAL, "taking_up", "take")


def test_three_consents_lead_to_a_project_that_runs_and_ends(need: Carried) -> None:
    taken_up(need)
    need.board("first_consent", "favour")
    need.answer("jane.okello", "naming", "name")
    asked = need.state
    need.board("second_consent", "favour")
    need.world.file(need.ref, "project_document", "kenji.watanabe", {"strategy": "Deeper wells."})
    need.answer("kenji.watanabe", "presenting", "present")
    before = need.state
    need.board("third_consent", "favour")
    running = need.state
    need.answer("kenji.watanabe", "finishing", "finish")

    assert asked == "finding_agency", "nobody formulates before the Board consents to who does"
    assert (before, running, need.state) == ("document_review", "running", "done")


def test_an_agency_that_the_board_asks_about_is_presented_again_and_can_be_refused(
    need: Carried,
) -> None:
    taken_up(need)
    need.board("first_consent", "favour")
    need.answer("jane.okello", "naming", "name")
    need.board("second_consent", "further", "Who answers for it in Maputo?")
    need.answer("jane.okello", "naming", "name")
    again = need.state
    need.board("second_consent", "refuse", "It has no office there.")

    assert (again, need.state) == ("finding_agency", "refused")


def test_a_concept_that_is_reviewed_further_comes_back_to_the_board(need: Carried) -> None:
    taken_up(need)
    need.board("first_consent", "further", "The cost of the pumps is not clear.")
    further = need.state
    need.answer("jane.okello", "bringing_back", "back")

    assert (further, need.state) == ("further_review", "concept_review")


def test_the_board_refuses_a_concept(need: Carried) -> None:
    taken_up(need)
    need.board("first_consent", "refuse", "The fund has no means for it this year.")

    assert need.state == "refused"


def test_a_need_that_no_focal_point_takes_up_ends_after_sixty_days(need: Carried) -> None:
    need.wait(days=61)

    assert need.state == "refused"
