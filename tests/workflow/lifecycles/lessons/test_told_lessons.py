"""Lessons of standard and joint programmes: told by whoever takes part, and by each row of the accepted final report."""

import pytest

from tests.support.world import NURSES, TEXTS, World
from tests.workflow.lifecycles.shipped import test_country_part as part
from tests.workflow.lifecycles.shipped.joint import (
    AUTHORITIES,
    DIRECTOR,
    FINAL,
    MANAGER,
    MANAGERS,
    OFFICER,
    Joint,
)
from workflow.audit.verification.verify import verify
from workflow.demo import path, yearly
from workflow.demo.path import BOARD
from workflow.errors import Invalid, Refusal
from workflow.lessons.filters import LessonFilters
from workflow.lessons.lines import lessons

FINANCE = "tom.becker"
ROW = {
    "heading": "Agree on who certifies before the first course begins",
    "context": "Two ministries certify nurses.",
    "tried": "Courses began at once.",
    "happened": "The first year was certified a year late.",
    "holds_for": "Whoever trains people whom several offices certify.",
    "language": "en",
}
ROWS = [{"number": "1", **ROW}, {"number": "2", **ROW, "heading": "Pair each tutor with a ward"}]


@pytest.mark.parametrize("who", [MANAGER, "graca.mabunda", "priya.menon", "jane.okello"])
def test_whoever_takes_part_tells_what_was_learnt(world: World, who: str) -> None:
    ref = world.programme("active")
    with pytest.raises(Refusal):
        world.answer(ref, "telling_a_lesson", "nadia.haddad", "tell")

    world.answer(ref, "telling_a_lesson", who, "tell")

    assert yearly.below(world, ref, "lesson") == [f"{ref}.1"]


def test_each_row_of_the_accepted_final_report_opens_a_lesson_that_its_end_does_not_wait_for(
    world: World,
) -> None:
    ref = world.programme("active")
    world.file(ref, "final_report", MANAGER, {**TEXTS["final_report"], "lessons": ROWS})
    world.answer(ref, "completion", MANAGER, "finish")
    before = yearly.below(world, ref, "lesson")
    for who in BOARD:
        world.answer(ref, "final_review", who, "accept")
    after = yearly.below(world, ref, "lesson")
    path.carry(world, ref, NURSES, "operational_closure")
    world.file(ref, "final_financial_statement", FINANCE, TEXTS["final_financial_statement"])
    world.attach(ref, "asset_transfer", FINANCE, "asset-transfer.pdf")
    world.file(ref, "waiver", DIRECTOR, {"reasons": "Its twin was evaluated."})
    with pytest.raises(Invalid, match=f"{after[0]} is not validated"):
        world.answer(ref, "closure", FINANCE, "certify")
    for who in (FINANCE, DIRECTOR):
        world.answer(ref, "closure", who, "certify", "They are validated after the end.")

    assert (before, len(after)) == ([], 2)
    assert world.state(ref) == "closed"
    assert verify(world.engine.database).sound


def test_the_consolidated_report_of_a_joint_programme_tells_its_lessons_too(world: World) -> None:
    joint = Joint(world)
    joint.signed()
    for country, ref in zip(("ago", "moz"), joint.below(), strict=False):
        joint.end_part(ref, country)
    joint.wait()
    world.file(joint.ref, "final_report", MANAGER, {**FINAL, "lessons": ROWS})
    joint.consolidate()
    with pytest.raises(Invalid, match="is not validated"):
        joint.close()
    joint.close("They are validated after the end.")

    assert joint.state == "closed"
    assert len(yearly.below(world, joint.ref, "lesson")) == 2


def validated(world: World, ref: str, teller: str) -> None:
    """A lesson that a report opened is told and validated."""
    world.answer(ref, "telling", teller, "tell")
    world.answer(ref, "validating", "ravi.chand", "validate")


def tried_in(world: World) -> dict[str, tuple[str, ...]]:
    """The countries of each lesson that was validated, by its reference."""
    with world.engine.reading() as session:
        found = lessons(session, None, LessonFilters(), world.clock()).lines
    return {each.ref: each.countries for each in found}


def test_what_one_country_reports_was_tried_in_it_alone(world: World) -> None:
    joint = Joint(world)
    joint.signed()
    ago, moz = joint.below()
    for country, ref in (("ago", ago), ("moz", moz)):
        world.file(ref, "final_report", MANAGERS[country], {**part.REPORT, "lessons": ROWS[:1]})
        for who in (MANAGERS[country], AUTHORITIES[country]):
            world.answer(ref, "finishing", who, "report")
        world.answer(ref, "accepting", OFFICER, "accept")
    joint.answer(MANAGER, "telling_a_lesson", "tell")
    whole = f"{joint.ref}.{len(joint.below())}"
    world.file(whole, "lesson", MANAGER, ROW)
    for ref, teller in (
        (f"{ago}.1", MANAGERS["ago"]),
        (f"{moz}.1", MANAGERS["moz"]),
        (whole, MANAGER),
    ):
        validated(world, ref, teller)

    assert tried_in(world) == {
        f"{ago}.1": ("AGO",), f"{moz}.1": ("MOZ",), whole: ("AGO", "MOZ"),
    }  # fmt: skip
    assert verify(world.engine.database).sound
