"""A country asks to join a lead group, and its wish is carried to each of its ends."""

from collections.abc import Callable

import pytest

from tests.support.world import World
from tests.workflow.lead_groups.house import formed, passed, taking_part
from tests.workflow.lifecycles.lead_groups.carried import (
    BRAZIL,
    INDIA,
    SOUTH_AFRICA,
    ended_above,
    opened,
)
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.errors import Refusal
from workflow.lead_groups.acts import agree, join, refuse, take_back

Begun = Callable[[World, str], str]


@pytest.fixture
def group(world: World) -> str:
    """A group of India and South Africa that leads."""
    opened(world)
    return formed(world, ["IND", "ZAF"])


def asked(world: World, group: str) -> str:
    """Brazil asks the members to join them."""
    return join(world.engine, world.person(BRAZIL), At(group), "Drugs at cost.").ref


def agreed(world: World, group: str) -> str:
    """The members agree that Brazil joins."""
    ref = asked(world, group)
    for each in (INDIA, SOUTH_AFRICA):
        agree(world.engine, world.person(each), At(ref))
    return ref


def test_it_leads_with_them_once_all_agree_and_the_notice_has_run(world: World, group: str) -> None:
    ref = agreed(world, group)
    before = world.state(ref), taking_part(world, group, "lead")
    passed(world, days=61)

    assert before == ("running", ["ind", "zaf"])
    assert world.state(ref) == "joined"
    assert taking_part(world, group, "lead") == ["bra", "ind", "zaf"]
    assert verify(world.engine.database).sound


def test_it_does_not_join_where_one_member_does_not_agree(world: World, group: str) -> None:
    ref = asked(world, group)
    agree(world.engine, world.person(INDIA), At(ref))
    with pytest.raises(Refusal, match="needs a reason"):
        refuse(world.engine, world.person(SOUTH_AFRICA), At(ref), "")
    waiting = world.state(ref)
    refuse(world.engine, world.person(SOUTH_AFRICA), At(ref), "We are enough.")
    passed(world, days=61)

    assert (waiting, world.state(ref)) == ("before_members", "not_joined")
    assert taking_part(world, group, "lead") == ["ind", "zaf"]


@pytest.mark.parametrize("begun", [asked, agreed])
def test_it_takes_its_wish_back_until_the_notice_has_run(
    world: World, group: str, begun: Begun
) -> None:
    ref = begun(world, group)
    take_back(world.engine, world.person(BRAZIL), At(ref), "Not this year.")
    passed(world, days=61)

    assert world.state(ref) == "not_joined"
    assert taking_part(world, group, "lead") == ["ind", "zaf"]


@pytest.mark.parametrize("begun", [asked, agreed])
def test_it_is_overtaken_by_the_end_of_the_group(world: World, group: str, begun: Begun) -> None:
    ref = begun(world, group)
    ended_above(world, group)
    passed(world, days=61)

    assert world.state(ref) == "ended_above"
    assert taking_part(world, group, "lead") == ["ind", "zaf"]
    assert verify(world.engine.database).sound
