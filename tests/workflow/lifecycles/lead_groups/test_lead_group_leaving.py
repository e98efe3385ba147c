"""A member gives notice of leaving a lead group, which is carried to each of its ends."""

import pytest

from tests.support.world import World
from tests.workflow.lead_groups.house import formed, passed, taking_part
from tests.workflow.lifecycles.lead_groups.carried import BRAZIL, INDIA, ended_above, opened
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.errors import Refusal
from workflow.lead_groups.acts import leave, take_back


@pytest.fixture
def group(world: World) -> str:
    """A group of three countries that leads."""
    opened(world)
    return formed(world, ["IND", "ZAF", "BRA"])


def given(world: World, group: str) -> str:
    """Brazil gives notice."""
    return leave(world.engine, world.person(BRAZIL), At(group), "Our institute closes.").ref


def test_it_leads_no_longer_once_the_notice_has_run(world: World, group: str) -> None:
    ref = given(world, group)
    passed(world, days=59)
    before = world.state(ref), taking_part(world, group, "lead")
    passed(world, days=2)

    assert before == ("running", ["bra", "ind", "zaf"])
    assert world.state(ref) == "parted"
    assert taking_part(world, group, "lead") == ["ind", "zaf"]
    assert world.state(group) == "leads"
    assert verify(world.engine.database).sound


def test_it_stays_where_it_takes_the_notice_back(world: World, group: str) -> None:
    ref = given(world, group)
    with pytest.raises(Refusal, match="needs a reason"):
        take_back(world.engine, world.person(BRAZIL), At(ref), "")
    take_back(world.engine, world.person(BRAZIL), At(ref), "It stays open.")
    passed(world, days=61)

    assert world.state(ref) == "taken_back"
    assert taking_part(world, group, "lead") == ["bra", "ind", "zaf"]


def test_another_member_does_not_take_it_back(world: World, group: str) -> None:
    ref = given(world, group)

    with pytest.raises(Refusal):
        take_back(world.engine, world.person(INDIA), At(ref), "Brazil should stay.")

    assert world.state(ref) == "running"


def test_it_is_overtaken_by_the_end_of_the_group(world: World, group: str) -> None:
    ref = given(world, group)
    ended_above(world, group)
    passed(world, days=61)

    assert world.state(ref) == "ended_above"
    assert taking_part(world, group, "lead") == ["bra", "ind", "zaf"]
    assert verify(world.engine.database).sound
