"""New terms of reference of a lead group are put to its members, and carried to each of their ends."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.world import World
from tests.workflow.lead_groups.house import TERMS, formed
from tests.workflow.lifecycles.lead_groups.carried import INDIA, SOUTH_AFRICA, ended_above, opened
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.errors import Refusal
from workflow.lead_groups.acts import decline, put_terms, sign

ANEW = replace(TERMS, working="We meet each month, and decide together.")


@pytest.fixture
def group(world: World) -> str:
    """A group of India and South Africa that leads."""
    opened(world)
    return formed(world, ["IND", "ZAF"])


def put(world: World, group: str) -> str:
    """India, which convenes, puts them to the members."""
    return put_terms(world.engine, world.person(INDIA), At(group), ANEW).ref


def declined(world: World, group: str) -> str:
    """South Africa does not sign them."""
    ref = put(world, group)
    sign(world.engine, world.person(INDIA), At(ref))
    decline(world.engine, world.person(SOUTH_AFRICA), At(ref), "A quarter is enough.")
    return ref


def test_they_are_in_force_once_every_member_signed(world: World, group: str) -> None:
    ref = put(world, group)
    sign(world.engine, world.person(INDIA), At(ref))
    before = world.state(ref)
    sign(world.engine, world.person(SOUTH_AFRICA), At(ref))

    assert (before, world.state(ref)) == ("before_members", "in_force")
    assert verify(world.engine.database).sound


def test_what_a_member_does_not_sign_is_written_anew_and_signed_by_all(
    world: World, group: str
) -> None:
    ref = declined(world, group)
    back = world.state(ref)
    world.file(ref, "terms_of_reference", INDIA, TERMS.as_text())
    world.answer(ref, "writing_terms", INDIA, "put")
    sign(world.engine, world.person(SOUTH_AFRICA), At(ref))
    half = world.state(ref)
    sign(world.engine, world.person(INDIA), At(ref))

    assert (back, half, world.state(ref)) == ("draft", "before_members", "in_force")


def test_they_are_dropped_and_the_version_before_stays(world: World, group: str) -> None:
    ref = declined(world, group)
    world.answer(ref, "writing_terms", INDIA, "drop")

    assert (world.state(ref), world.state(group)) == ("not_taken", "leads")
    assert verify(world.engine.database).sound


def test_a_member_that_does_not_convene_puts_none(world: World, group: str) -> None:
    with pytest.raises(Refusal):
        put_terms(world.engine, world.person(SOUTH_AFRICA), At(group), ANEW)


@pytest.mark.parametrize("begun", [put, declined])
def test_they_are_overtaken_by_the_end_of_the_group(
    world: World, group: str, begun: Callable[[World, str], str]
) -> None:
    ref = begun(world, group)
    ended_above(world, group)

    assert world.state(ref) == "ended_above"
    assert verify(world.engine.database).sound
