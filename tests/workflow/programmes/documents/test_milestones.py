"""A work plan that is in force names the milestones whose day is past; one that is not accepted yet names none."""

from datetime import UTC, date, datetime

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, CarriedPart
from tests.workflow.lifecycles.shipped.test_work_plan import (
    MANAGER,
    OFFICER,
    PLAN,
    agreed,
    sent,
    with_milestones,
)
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.documents.milestones import PastMilestone, past_milestones
from workflow.programmes.documents.versions import document_page

KIND = load_file(SHIPPED / "work-plan.toml").documents["plan"]
ROWS = [
    {"output": "Courses", "milestone": "Twelve modules", "due": "2027-09-30"},
    {"output": "Courses", "milestone": "Six modules", "due": "2027-06-30"},
    {"milestone": "Somebody knows", "due": "when it rains"},
]


@pytest.mark.parametrize(
    ("today", "past"),
    [
        (date(2027, 6, 30), []),
        (date(2027, 7, 1), [("Six modules", 1)]),
        (date(2027, 10, 1), [("Six modules", 93), ("Twelve modules", 1)]),
    ],
)
def test_a_milestone_is_past_from_the_day_after_its_own(
    today: date, past: list[tuple[str, int]]
) -> None:
    found = past_milestones(KIND, {"milestones": ROWS}, today)

    assert [(each.milestone, each.days) for each in found] == past


def test_a_text_without_milestones_has_none() -> None:
    report = load_file(SHIPPED / "progress-report.toml").documents["report"]

    assert past_milestones(report, {"milestones": ROWS}, date(2030, 1, 1)) == ()


def past(owed: CarriedPart) -> tuple[PastMilestone, ...]:
    world = owed.world
    with world.engine.reading() as session:
        page = document_page(
            session, world.engine, world.person(MANAGER), owed.ref, kind="plan", version=None
        )
    return page.past


def test_they_are_named_of_the_plan_that_was_accepted_alone(world: World) -> None:
    with_milestones(world)
    owed = CarriedPart(world, "work-plan", "undp", executing_agency="undp", convenor="ind")
    sent(owed)
    agreed(owed)
    world.clock.at = datetime(2027, 7, 2, 9, tzinfo=UTC)
    waiting = past(owed)
    owed.answer(OFFICER, "accepting", "accept")

    assert waiting == ()
    assert past(owed) == (
        PastMilestone(
            PLAN["milestones"][0]["milestone"], "Courses in Portuguese", date(2027, 6, 30), 2
        ),
    )
