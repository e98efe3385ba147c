"""Conditions asked of a case as it stands: which way an outcome leads, and what its history says of that."""

from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.history.test_reader import lines
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, PLAN, concluded, sent
from workflow.engine.documents.conditions import all_hold, way_taken
from workflow.engine.models import LifecycleCase


def concluded_with(world: World, plan: dict[str, Any], *advisers: str) -> Carried:
    """A proposal whose appraisal was concluded."""
    carried = sent(world, plan)
    concluded(carried, *advisers)
    return carried


def test_the_history_says_by_which_condition_it_went_that_way(world: World) -> None:
    carried = concluded_with(world, PLAN, "ingrid.solberg")

    told = lines(world, carried.ref)["round.settled"]

    assert "This way, because: a donor takes part" in [str(each) for each in told.under]


def test_the_history_says_nothing_of_conditions_that_did_not_hold(world: World) -> None:
    carried = concluded_with(world, ALONE)

    told = lines(world, carried.ref)["round.settled"]

    assert not any("This way" in str(each) for each in told.under)


@pytest.mark.parametrize(("plan", "number"), [(PLAN, 1), (ALONE, 0)])
def test_a_way_is_taken_by_what_is_filed_now(
    world: World, plan: dict[str, Any], number: int
) -> None:
    carried = Carried(world, "triangular", plan)
    leads = carried.definition.rounds["concluding"].outcomes["recommend"]
    seat = carried.definition.rounds["signing"].rule.seats[-1]

    with world.engine.reading() as session:
        case = session.query(LifecycleCase).filter_by(ref=carried.ref).one()
        taken = way_taken(session, case.id, leads, round_id=0)
        asked = all_hold(session, case.id, seat.when)

    assert taken.number == number
    assert taken.target.state == ("donor_agreement" if number else "decision")
    assert asked is bool(number)
