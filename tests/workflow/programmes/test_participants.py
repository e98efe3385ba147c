"""The Board and the pivotal countries as the parties that a seat of a programme is asked of."""

from datetime import timedelta

from sqlalchemy import delete, select

from tests.support.world import World
from workflow.engine.domain import Found
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.participants import parties
from workflow.people.models import LeadInterest, Party


def found(world: World, ref: str, of: str) -> dict[str, str]:
    """The parties by key, each with why it is asked."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        asked: Found = parties(session, case, of, world.engine.now().date())
        keys = dict(session.execute(select(Party.id, Party.key)).all())
    return {keys[party]: because for party, because in asked}


def test_pivotal_countries_are_asked_by_the_areas_they_registered(world: World) -> None:
    ref = world.programme("draft")

    asked = found(world, ref, "interested")

    assert {"ind", "tha"} <= set(asked)
    assert set(asked.values()) == {"registered interest: hiv-aids"}


def test_all_pivotal_countries_are_asked_where_fewer_than_two_registered(world: World) -> None:
    ref = world.programme("draft")
    few = set(found(world, ref, "interested"))
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(delete(LeadInterest))

    asked = found(world, ref, "interested")

    assert few < set(asked)
    assert set(asked.values()) == {"pivotal country"}


def test_the_board_is_every_party_with_a_member_in_office(world: World) -> None:
    ref = world.programme("draft")

    asked = found(world, ref, "board")

    assert {"ind", "bra", "zaf"} <= set(asked)
    assert set(asked.values()) == {"seat on the Board"}


def test_nobody_is_on_the_board_before_the_appointments_begin(world: World) -> None:
    ref = world.programme("draft")
    world.clock.at -= timedelta(days=40_000)

    assert found(world, ref, "board") == {}
