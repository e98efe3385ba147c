"""A joint programme is amended while it runs: a country joins with its part, and the next reports follow the new end."""

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.amendments.amended import ENTRY
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION, JOINING
from tests.workflow.lifecycles.shipped.joint import (
    AGENCY,
    AUTHORITIES,
    DIRECTOR,
    DONOR,
    MANAGER,
    OFFICER,
    Joint,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete
from workflow.programmes.documents.drafts import form_page
from workflow.programmes.page.children import children_of


@pytest.fixture
def joint(world: World) -> Joint:
    """A joint programme that runs."""
    found = Joint(world)
    found.signed()
    return found


def amendment(joint: Joint, request: dict[str, object]) -> str:
    """An amendment that was sent and is of its class; its reference."""
    world = joint.world
    joint.answer(MANAGER, "asking_for_an_amendment", "ask", "Cabo Verde asks to join.")
    ref = f"{joint.ref}.3"
    world.file(ref, "request", MANAGER, request)
    world.answer(ref, "sending", MANAGER, "send")
    world.answer(ref, "classing", OFFICER, "confirm")
    return ref


def in_effect(joint: Joint, ref: str) -> None:
    """The Board approves it, everybody signs where that is asked, and it is in effect."""
    world = joint.world
    for who in ("arjun.mehta", "carla.duarte", "sipho.dlamini"):
        if world.state(ref) == "decision":
            world.answer(ref, "deciding", who, "approve")
    if world.state(ref) == "signature":
        for who in (*AUTHORITIES.values(), AGENCY, DIRECTOR, DONOR):
            world.answer(ref, "signing", who, "sign")
    world.file(ref, "entry", OFFICER, ENTRY)
    world.answer(ref, "putting_in_effect", OFFICER, "effect")
    joint.wait(hours=1)


def parts(joint: Joint) -> list[tuple[str, str]]:
    """The parts of the programme, each with its country and how it stands."""
    with joint.world.engine.reading() as session:
        kinds = children_of(session, joint.world.engine, joint.ref)
    (kind,) = (each for each in kinds if each.key == "country_part")
    return [(line.party, line.state.key) for line in kind.lines]


def test_a_country_that_joins_gets_its_part(joint: Joint) -> None:
    ref = amendment(joint, JOINING)
    for who in AUTHORITIES.values():
        joint.world.answer(ref, "endorsing", who, "endorse")
    in_effect(joint, ref)

    assert parts(joint) == [("Angola", "running"), ("Mozambique", "running"), ("Cabo Verde", "running")]  # fmt: skip
    assert verify(joint.world.engine.database).sound


def test_the_part_of_a_country_that_leaves_ends(joint: Joint) -> None:
    leaving = {**JOINING, "participating_countries": ["MOZ"], "agreements": []}
    ref = amendment(joint, leaving)
    for who in AUTHORITIES.values():
        joint.world.answer(ref, "endorsing", who, "endorse")
    in_effect(joint, ref)

    assert parts(joint) == [("Angola", "ended_with_programme"), ("Mozambique", "running")]
    assert verify(joint.world.engine.database).sound


def test_its_money_is_held_against_the_outputs_of_all_countries(joint: Joint) -> None:
    lines = [{"output": "Laboratory", "approved": "300000", "moved": "1"}]
    minor = {**EXTENSION, "class": "minor", "changes": ["lines"], "planned_end": "", "lines": lines}

    with pytest.raises(Incomplete) as refused:
        amendment(joint, minor)

    assert any("in force is: Laboratory: 500000" in str(each) for each in refused.value.missing)


def test_it_runs_longer_once_an_extension_is_in_effect(joint: Joint) -> None:
    in_effect(joint, amendment(joint, EXTENSION))

    assert verify(joint.world.engine.database).sound
    assert joint.state == "running"


def unmet(joint: Joint, *countries: str) -> set[str]:
    """Which checks a consolidated final report on these countries fails."""
    lines = [
        {"country": each, "reached": "The laboratory runs.", "spent": "1"} for each in countries
    ]
    said = {"results": "As planned.", "spent": str(len(lines))}
    joint.world.file(joint.ref, "final_report", MANAGER, {**said, "by_country": lines})
    with joint.world.engine.reading() as session:
        form = form_page(
            session, joint.world.engine, joint.world.person(MANAGER), joint.ref, kind="final_report"
        )
    return {each.check.key for each in form.findings if each.unmet}


def test_the_final_report_tells_of_the_countries_that_take_part_by_then(joint: Joint) -> None:
    ref = amendment(joint, JOINING)
    for who in AUTHORITIES.values():
        joint.world.answer(ref, "endorsing", who, "endorse")
    before = unmet(joint, "AGO", "MOZ")
    in_effect(joint, ref)

    assert before == set()
    assert unmet(joint, "AGO", "MOZ") == {"countries"}
    assert unmet(joint, "AGO", "MOZ", "CPV") == set()
