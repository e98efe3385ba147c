"""A working calendar as the register's history says it, and what a change behind it is told as."""

from sqlalchemy import update

from tests.support.world import World
from tests.workflow.engine.test_workdays import set_for
from workflow import history
from workflow.audit.verification.verify import verify
from workflow.history.filters import HistoryFilters
from workflow.people.models import PartyCalendar
from workflow.vocabulary import REGISTER


def test_a_calendar_is_a_sentence_with_its_week(world: World) -> None:
    set_for(world, "egy", "friday", "saturday")

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"),
            now=world.clock(), filters=HistoryFilters(),
        )[-1]  # fmt: skip

    assert str(told.says).startswith("The working calendar of Egypt was set, in force from ")
    assert [str(each) for each in told.under] == [
        "It rests on Friday and Saturday.",
        "0 days of rest beside these",
        "entered by Naledi Khumalo",
    ]


def test_a_calendar_altered_behind_the_register_is_told(world: World) -> None:
    world.honest = False
    set_for(world, "egy", "friday", "saturday")
    with world.engine.transaction() as session:
        session.execute(update(PartyCalendar).values(weekend="sunday"))

    found = verify(world.engine.database)

    assert any(
        "The working calendar 1: its weekend is" in each.sentence for each in found.differences
    )
