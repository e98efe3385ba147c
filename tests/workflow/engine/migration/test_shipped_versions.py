"""Open cases on the versions that were shipped before, moved to those of today."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.world import NURSES, TEXTS, World
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.engine.migration.test_migrate import follows, sound
from tests.workflow.lifecycles.shipped.joint import FINAL, MANAGER, Joint
from workflow.demo import path, yearly
from workflow.engine.commands.open_case import publish
from workflow.engine.migration.migrate import migrate_each
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file

LIFECYCLES = Path("config/lifecycles")
FORMER_STANDARD, STANDARD = (
    load_file(folder / "programme-standard.toml")
    for folder in (LIFECYCLES / "earlier" / "4", LIFECYCLES)
)
JOINT = load_file(LIFECYCLES / "joint.toml")
AGENCY, ASSURER = "kenji.watanabe", "oluwaseun.ade"
SIGNED = ("screening", "formulation", "signature", "inception", "active")


class FormerJoint(Joint):
    """A joint programme on the second version."""

    lifecycle = "earlier/2/joint"


def move(world: World, ref: str, to: Definition) -> list[str]:
    """Move a case to a version; why it cannot, if so."""
    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, to))
    return [str(each) for each in moved.reasons]


@pytest.mark.parametrize("state", SIGNED)
def test_a_programme_of_the_fourth_standard_goes_on_under_the_fifth(
    world: World, state: str
) -> None:
    publish(world.engine, FORMER_STANDARD)
    ref = path.begin(world, NURSES)
    path.carry(world, ref, NURSES, state)
    before = follows(world, ref).version

    why_not = move(world, ref, STANDARD)
    path.carry(world, ref, NURSES, "closed")

    assert (before, why_not) == ("4", [])
    assert follows(world, ref) == STANDARD
    assert world.state(ref) == "closed"
    assert sound(world)


def test_one_whose_final_report_tells_lessons_in_a_text_ends_under_the_fourth(
    world: World,
) -> None:
    publish(world.engine, FORMER_STANDARD)
    ref = path.begin(world, NURSES)
    path.carry(world, ref, NURSES, "active")
    told = {**TEXTS["final_report"], "lessons": "Pair each tutor with a ward."}
    world.file(ref, "final_report", MANAGER, told)

    why_not = move(world, ref, STANDARD)

    assert "The form of “Final report” no longer holds what version 1 says." in why_not
    assert follows(world, ref) == FORMER_STANDARD
    assert sound(world)


RATED: dict[str, Any] = {
    **dict.fromkeys(
        ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"), "5"
    ),
    "findings": "Nurses stay in the districts.",
    "recommendations": [
        {"number": "1", "recommendation": "Keep the tutors", "addressed_to": "UNDP"}
    ],
}
ANSWERED = {
    "number": "1", "response": "accepted", "action": "Extend contracts", "owner": "UNDP",
    "due": "2029-12-31",
}  # fmt: skip

SETTLED = dict.fromkeys(("advances", "commitments", "assets", "files"), True)


def test_one_that_is_being_evaluated_ends_under_the_fourth_with_what_its_evaluation_asks_for(
    world: World,
) -> None:
    publish(world.engine, FORMER_STANDARD)
    told = {**TEXTS["final_report"], "lessons": "Pair each tutor with a ward."}
    story = replace(NURSES, texts={**TEXTS, "final_report": told})
    ref = path.begin(world, story)
    path.carry(world, ref, story, "operational_closure")
    world.answer(ref, "evaluation_start", ASSURER, "start")

    why_not = move(world, ref, STANDARD)
    world.file(ref, "evaluation_report", "nadia.haddad", RATED)
    world.answer(ref, "evaluation_filing", "nadia.haddad", "file")
    world.file(ref, "management_response", AGENCY, {"responses": [ANSWERED]})
    world.answer(ref, "response_filing", AGENCY, "respond")
    world.answer(ref, "evaluation_acceptance", ASSURER, "accept")
    (action,) = yearly.below(world, ref, "action")
    yearly.act(world, action, AGENCY, ASSURER)
    world.file(ref, "closure_checklist", "tom.becker", SETTLED)
    path.settle_accounts(world, ref, NURSES)

    assert "The state “Evaluation” is gone; say which takes its place." in why_not
    assert "The round “Start of the evaluation” is gone; say which takes its place." in why_not
    assert follows(world, ref) == FORMER_STANDARD
    assert world.state(ref) == "closed"
    assert sound(world)


def test_a_joint_programme_of_the_second_version_is_closed_under_the_third(world: World) -> None:
    joint = FormerJoint(world)
    joint.signed()
    for country, ref in zip(("ago", "moz"), joint.below(), strict=False):
        joint.end_part(ref, country)
    joint.wait()
    before = follows(world, joint.ref).version

    why_not = move(world, joint.ref, JOINT)
    world.file(joint.ref, "final_report", MANAGER, FINAL)
    joint.consolidate()
    joint.close()

    assert (before, why_not) == ("2", [])
    assert follows(world, joint.ref) == JOINT
    assert joint.state == "closed"
    assert sound(world)
