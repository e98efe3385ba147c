"""Registers of the house written by two people at the same moment: one is recorded, one is refused in words."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.reliability.interleaving import Act, at_once
from tests.support.world import World
from workflow.audit.verification.verify import verify
from workflow.engine.engine import Engine
from workflow.offices.reporting.acts import ReportingWish, ask
from workflow.people.groupings.commands import enter_grouping
from workflow.people.groupings.models import Grouping
from workflow.people.models import Party
from workflow.people.reporting.models import ReportingCalendar

ADMINISTRATORS = ("naledi.khumalo", "pieter.vos")


def test_two_groupings_of_one_key_are_entered_once(world: World) -> None:
    def entering(engine: Engine, key: str) -> Act:
        def act() -> object:
            with engine.transaction() as session:
                return enter_grouping(session, key, "A group", by=None, now=engine.now())

        return act

    for key in ("islands", "deltas", "highlands"):
        came = at_once([entering(world.another_engine(), key) for _ in range(2)])

        assert sorted(type(each).__name__ for each in came) == ["Invalid", "int"]
    with world.engine.reading() as session:
        assert session.scalar(select(func.count()).select_from(Grouping)) == 3
    assert verify(world.engine.database).sound


def test_two_wishes_for_the_calendar_of_one_party_leave_one_waiting(world: World) -> None:
    wish = ReportingWish(world.clock().date() + timedelta(1), begins_in=4, within=45)

    def asking(engine: Engine, who: str, party: str) -> Act:
        def act() -> object:
            with engine.transaction() as session:
                number = session.scalars(select(Party.id).where(Party.key == party)).one()
                return ask(session, number, wish, by=world.person(who), now=engine.now())

        return act

    for party in ("undp", "bra"):
        came = at_once([asking(world.another_engine(), who, party) for who in ADMINISTRATORS])

        assert "ReportingOutcome" in {type(each).__name__ for each in came}, came
        assert len({type(each).__name__ for each in came}) == 2, came
    with world.engine.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReportingCalendar)) == 2
    assert verify(world.engine.database).sound
