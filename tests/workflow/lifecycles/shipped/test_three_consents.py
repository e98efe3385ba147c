"""A project of a fund whose Board consents three times is carried to each of its ends."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.history.test_reader import lines
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.programmes.test_body_sessions import APRIL, JULY, called
from workflow.audit.verification.verify import verify
from workflow.engine.models import Deadline

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


def test_the_board_reviews_at_its_next_session_for_which_the_papers_are_in_time(
    need: Carried,
) -> None:
    called(need.world, (date(2026, 3, 10), date(2026, 3, 12)), APRIL, JULY)
    taken_up(need)

    assert need.due("first_consent") == datetime(2026, 4, 11, 4, tzinfo=UTC)


def test_papers_are_due_three_weeks_before_the_session(need: Carried) -> None:
    called(need.world, APRIL, JULY)
    taken_up(need)
    need.board("first_consent", "favour")
    need.answer("jane.okello", "naming", "name")
    need.board("second_consent", "favour")

    assert need.due("presenting") == datetime(2026, 3, 18, 4, tzinfo=UTC)


def test_what_waits_for_a_session_is_due_once_one_is_called(need: Carried) -> None:
    taken_up(need)
    nothing = need.due("first_consent")
    need.wait(days=2)
    still = need.due("first_consent")
    called(need.world, JULY)
    need.wait(days=1)

    assert (nothing, still) == (None, None)
    assert need.due("first_consent") == datetime(2026, 7, 15, 4, tzinfo=UTC)
    assert need.state == "concept_review"
    told = lines(need.world, need.ref)["round.resumed"]
    assert "A session is planned at which “Review of the concept” ends" in str(told.says)
    assert verify(need.world.engine.database).sound


def test_the_board_is_reminded_a_week_before_the_session_that_was_called_later(
    need: Carried,
) -> None:
    taken_up(need)
    called(need.world, JULY)
    need.wait(days=1)
    with need.world.engine.reading() as session:
        planned = session.scalars(select(Deadline.at).order_by(Deadline.at)).all()

    assert datetime(2026, 7, 8, 4, tzinfo=UTC) in planned


def test_a_decision_may_be_taken_before_the_session_ends_it(need: Carried) -> None:
    taken_up(need)
    need.board("first_consent", "favour")

    assert need.state == "finding_agency"
