"""Groupings and memberships, as the register's history says them."""

from tests.support.world import World
from workflow import history
from workflow.history.filters import HistoryFilters
from workflow.people.groupings.commands import (
    MembershipWish,
    change_membership,
    enter_grouping,
    enter_membership,
    strike_membership,
)
from workflow.people.groupings.days import days_said
from workflow.vocabulary import REGISTER


def test_each_act_is_a_sentence_with_its_days_and_grounds(world: World) -> None:
    by, now = world.person("naledi.khumalo"), world.clock()
    with world.engine.transaction() as session:
        enter_grouping(session, "forum", "Islands Forum", by=by, now=now)
        wish = MembershipWish(days=days_said("1971", ""), ground="Its charter.")
        number = enter_membership(session, "forum", "fji", wish, by=by, now=now)
        ended = MembershipWish(days=days_said("1971", "2009"), ground="A letter.")
        change_membership(session, number, ended, by=by, now=now)
        strike_membership(session, number, "An error.", by=by, now=now)

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"), now=now,
            filters=HistoryFilters(),
        )[-4:]  # fmt: skip

    assert [str(line.says) for line in told] == [
        "The grouping Islands Forum was entered",
        "Fiji was entered in the grouping Islands Forum",
        "The membership of Fiji in the grouping Islands Forum was changed",
        "The membership of Fiji in the grouping Islands Forum was struck: it never was",
    ]
    assert [str(line.under[0]) for line in told] == [
        "entered by Naledi Khumalo", "from 1971 to no end", "from 1971 to 2009",
        "entered by Naledi Khumalo",
    ]  # fmt: skip
    assert [line.reason for line in told[1:]] == ["Its charter.", "A letter.", "An error."]
