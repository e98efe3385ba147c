"""Milestones of a work plan in force: each is asked about by its day, of its owner, and ends with the programme."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import AGENCY, MANAGER, OFFICER, Joint
from tests.workflow.lifecycles.shipped.test_joint import cancelled
from tests.workflow.lifecycles.shipped.test_work_plan import about
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Incomplete, Invalid, Refusal
from workflow.month.months import Month
from workflow.month.page import month_page
from workflow.oversight.checks.lists import astray
from workflow.programmes.page.children import children_of
from workflow.programmes.page.page import programme_page

PLAN = about("Laboratory")
MEASURE = {
    "code": "1.1", "output": "Training", "indicator": "Staff trained", "unit": "people", "direction": "more",
    "baseline": "0", "baseline_on": "2026-01-01", "target": "40", "means": "Register", "together": "sum",
}  # fmt: skip
ONE = {**PLAN["milestones"][0], "due": "2027-06-30"}
TWO = {**ONE, "number": "2", "milestone": "The scales stand in Nampula", "owner": "moz"}


@pytest.fixture
def joint(world: World) -> Joint:
    """A joint programme that runs, and asks for its work plan of 2027."""
    joint = Joint(world, indicators=[MEASURE])
    joint.signed()
    come(joint, 2026, 10, 15)
    return joint


def come(joint: Joint, *day: int) -> None:
    """Let a day come, and have time act."""
    joint.world.clock.at = datetime(*day, 12, tzinfo=UTC)
    sweep(joint.world.engine)


def planned(joint: Joint, **changed: Any) -> str:
    """The plan of 2027 with two milestones is in force; returns its reference."""
    ref = f"{joint.ref}.3"
    joint.world.file(ref, "plan", MANAGER, {**PLAN, "milestones": [ONE, TWO], **changed})
    for who, key, verdict in (
        (MANAGER, "planning", "send"), (AGENCY, "agreeing", "agree"), (OFFICER, "accepting", "accept"),
    ):  # fmt: skip
        joint.world.answer(ref, key, who, verdict)
    return ref


def late_in_the_month(joint: Joint, who: str) -> list[str]:
    """What is late for somebody this month."""
    engine = joint.world.engine
    with engine.reading() as session:
        now = engine.now()
        page = month_page(session, engine, joint.world.person(who), Month.of(now), now, after="")
    return [each.waiting.ref for each in page.late]


def test_each_is_asked_of_its_owner_and_ends_as_that_says(joint: Joint) -> None:
    ref = planned(joint)
    opened = joint.below(ref)
    with pytest.raises(Refusal):
        joint.world.answer(f"{ref}.2", "reaching", MANAGER, "accomplished", "It is not mine.")
    joint.world.answer(f"{ref}.1", "reaching", MANAGER, "accomplished", "Six modules are read.")
    joint.world.answer(f"{ref}.2", "reaching", "joao.lima", "let_go", "They stand in Beira.")

    assert opened == {f"{ref}.1": "awaited", f"{ref}.2": "awaited"}
    assert joint.below(ref) == {f"{ref}.1": "accomplished", f"{ref}.2": "let_go"}
    assert joint.below()[ref] == "in_force"
    assert verify(joint.world.engine.database).sound


def test_one_that_is_late_is_told_in_the_month_and_on_the_page_of_the_programme(
    joint: Joint,
) -> None:
    ref = planned(joint)
    come(joint, 2027, 6, 30)
    before = late_in_the_month(joint, "joao.lima")
    come(joint, 2027, 7, 1)

    assert f"{ref}.2" not in before
    assert f"{ref}.2" in late_in_the_month(joint, "joao.lima")
    assert f"{ref}.1" in late_in_the_month(joint, AGENCY)
    engine = joint.world.engine
    with engine.reading() as session:
        every = children_of(session, engine, joint.ref)
        seen = programme_page(
            session, engine, joint.ref, joint.world.person(OFFICER), engine.now()
        ).children
    for kinds in (every, seen):
        late = {line.ref: line.late for kind in kinds for line in kind.lines}
        assert {each: number for each, number in late.items() if number} == {
            f"{joint.ref}.1": 1, f"{joint.ref}.2": 1, ref: 2,
        }  # fmt: skip


def test_what_holds_one_up_is_raised_from_its_page_and_ends_with_it(joint: Joint) -> None:
    ref = planned(joint)
    joint.world.answer(f"{ref}.2", "raising_a_blocker", "joao.lima", "raise")
    raised = joint.below(f"{ref}.2")
    joint.world.answer(f"{ref}.2", "reaching", "joao.lima", "accomplished", "The scales came.")

    assert raised == {f"{ref}.2.1": "raised"}
    assert joint.below(f"{ref}.2") == {f"{ref}.2.1": "no_longer"}
    assert astray(joint.world.engine).differences == []


def test_more_time_is_given_with_a_reason_and_its_owner_says_by_when(joint: Joint) -> None:
    world, one = joint.world, f"{planned(joint)}.1"
    with pytest.raises(Refusal, match="needs a reason"):
        world.answer(one, "putting_off", OFFICER, "put_off")
    world.answer(one, "putting_off", OFFICER, "put_off", "The road is closed.")
    with pytest.raises(Incomplete):
        world.answer(one, "planning_anew", MANAGER, "plan")
    joint.wait(hours=1)
    said = {key: ONE[key] for key in ("number", "milestone")}
    world.file(one, "milestone", MANAGER, {**said, "due": "2027-09-30"})
    world.answer(one, "planning_anew", MANAGER, "plan")
    come(joint, 2027, 9, 30)
    before = late_in_the_month(joint, MANAGER)
    come(joint, 2027, 10, 1)

    assert one not in before
    assert one in late_in_the_month(joint, MANAGER)


def test_a_day_that_is_past_is_no_day_to_come(joint: Joint) -> None:
    world, one = joint.world, f"{planned(joint)}.1"
    world.answer(one, "putting_off", OFFICER, "put_off", "The road is closed.")
    joint.wait(hours=1)
    said = {key: ONE[key] for key in ("number", "milestone")}
    world.file(one, "milestone", MANAGER, {**said, "due": "2026-10-01"})

    with pytest.raises(Incomplete) as refused:
        world.answer(one, "planning_anew", MANAGER, "plan")

    assert any("That day is past" in str(each) for each in refused.value.missing)


def test_it_ends_with_the_programme_though_its_plan_had_ended_before(joint: Joint) -> None:
    ref = planned(joint)
    joint.world.answer(f"{ref}.1", "reaching", MANAGER, "accomplished", "Six modules are read.")
    joint.world.answer(f"{ref}.2", "raising_a_blocker", "joao.lima", "raise")

    cancelled(joint)

    assert joint.state == "cancelled"
    assert joint.below(ref) == {f"{ref}.1": "accomplished", f"{ref}.2": "ended_above"}
    assert joint.below(f"{ref}.2") == {f"{ref}.2.1": "no_longer"}
    assert verify(joint.world.engine.database).sound


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        (
            {"activities": [{**PLAN["activities"][0], "output": "Roads"}]}, "activities",
            "Line 1, Output: “Roads” is no output that is in force; there are: Laboratory and Training",
        ),
        (
            {"budget": [PLAN["budget"][0], {**PLAN["budget"][0], "output": "Roads"}]}, "budget",
            "Line 2, Output: “Roads” is no output",
        ),
        ({"milestones": [{**ONE, "output": "Roads"}]}, "milestones", "“Roads” is no output"),
        (
            {"activities": [{**PLAN["activities"][0], "indicator": "9.9"}]}, "activities",
            "there is no indicator 9.9; there are: 1.1",
        ),
    ],
)  # fmt: skip
def test_outputs_and_indicators_are_those_of_what_is_in_force(
    joint: Joint, changed: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        joint.world.file(f"{joint.ref}.3", "plan", MANAGER, {**PLAN, **changed})

    assert list(refused.value.faults) == [field]
    assert said in str(refused.value.faults[field])


def test_an_output_of_an_indicator_is_one_too(joint: Joint) -> None:
    activity = {**PLAN["activities"][0], "output": "Training", "indicator": "1.1"}
    trained = {**PLAN, "activities": [*PLAN["activities"], activity], "milestones": [ONE]}

    joint.world.file(f"{joint.ref}.3", "plan", MANAGER, trained)


def test_a_number_that_stands_twice_is_refused(joint: Joint) -> None:
    with pytest.raises(Invalid) as refused:
        planned(joint, milestones=[ONE, {**TWO, "number": "1"}])

    assert "These numbers stand twice" in str(refused.value.faults["milestones"])


def test_of_an_owner_who_takes_no_part_the_agency_is_asked(joint: Joint) -> None:
    ref = planned(joint, milestones=[{**ONE, "owner": "bra"}])

    joint.world.answer(f"{ref}.1", "reaching", MANAGER, "accomplished", "Six modules are read.")

    assert joint.below(ref) == {f"{ref}.1": "accomplished"}
