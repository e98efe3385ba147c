"""A programme of training that a donor sponsors is carried to each of its ends."""

from tests.support.world import World
from tests.workflow.partners.vetted import ASSURER, DIRECTOR, OFFICER
from tests.workflow.programmes.training.test_page import (
    AGENCY,
    DONOR,
    REPORT,
    SUBMITTER,
    Training,
)


def test_two_close_it_once_its_final_report_is_accepted(world: World) -> None:
    training = Training(world).running()
    second = {"course": "2", "participants": [{"country": "MOZ", "women": "5", "men": "5"}]}
    for told in (REPORT, {**REPORT, **second, "certified": "9"}):
        world.file(training.ref, "course_report", AGENCY, told)
    world.file(training.ref, "final_report", AGENCY, {"results": "Pumps run again."})
    training.answer(AGENCY, "reporting", "report")
    for who in (SUBMITTER, DONOR):
        training.answer(who, "accepting", "accept")
    training.answer(ASSURER, "closing_it", "close")
    by_one = training.state
    training.answer(DIRECTOR, "closing_it", "close")

    assert (by_one, training.state) == ("closing", "closed")


def test_the_office_does_not_take_it_up(world: World) -> None:
    training = Training(world)
    training.answer(SUBMITTER, "sending", "send")
    training.answer(OFFICER, "screening", "reject", "It trains nobody.")

    assert training.state == "rejected"


def test_the_country_takes_it_back(world: World) -> None:
    training = Training(world)
    training.answer(SUBMITTER, "withdrawing", "withdraw", "Nobody can be spared.")

    assert training.state == "withdrawn"
