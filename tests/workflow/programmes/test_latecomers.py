"""A country that registers an interest while a consultation is open is asked as well, unless an officer left it out."""

import pytest

from tests.support.world import World
from tests.workflow.engine.clauses.consulted import INDIA
from tests.workflow.engine.permissions.personal.test_invited import asked, invite, line
from tests.workflow.lifecycles.shipped.test_framework import Framed
from workflow.audit.verification.verify import verify
from workflow.people.pivotal.interests import register_interest
from workflow.programmes.latecomers import ask_latecomers


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def register(world: World, country: str) -> None:
    """A country wants to lead in an area of the framework."""
    now = world.clock()
    with world.engine.transaction() as session:
        register_interest(session, world.party(country), "ict", now.date(), "", by=None, now=now)


def test_who_registers_an_interest_meanwhile_is_asked_and_once(framed: Framed) -> None:
    invite(framed)
    framed.world.answer(framed.ref, "consulting", INDIA, "support", "", {})
    before = asked(framed)
    register(framed.world, "mar")

    made = [ask_latecomers(framed.world.engine) for _ in range(2)]

    after = asked(framed)
    assert made == [1, 0]
    assert set(after) - set(before) == {"mar"}
    assert (after["mar"][0], after["ind"][0]) == ("open", "answered")
    assert verify(framed.world.engine.database).sound


def test_who_was_left_out_stays_out(framed: Framed) -> None:
    invite(framed, line("BRA", "drop"))

    made = ask_latecomers(framed.world.engine)

    assert (made, "bra" in asked(framed)) == (0, False)


def test_before_it_opens_and_where_nobody_composes_it_nothing_happens(world: World) -> None:
    world.programme("consultation")
    register(world, "mar")

    assert ask_latecomers(world.engine) == 0
