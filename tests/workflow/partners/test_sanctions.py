"""A sanctions list is read whole or not at all, and names come near it whatever their order or spelling."""

from datetime import date

import pytest

from tests.support.world import World
from tests.workflow.partners.vetted import DAY, LISTED, OFFICER, listed
from workflow.audit.verification.verify import verify
from workflow.errors import FaultyFile, Invalid, NotAuthorised
from workflow.partners.sanction_lists import enter_list, lists_entered, newest
from workflow.partners.sanctions import Sanctioned, matches, read_sanctions

ENTRIES = (
    Sanctioned("C-1", "Northern Meridian Trading Ltd", ("NMT",)),
    Sanctioned("C-2", "Viktor Harlan"),
    Sanctioned("C-3", "Société du Delta"),
)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("Meridian Trading", ["C-1"]),
        ("HARLAN, Viktor", ["C-2"]),
        ("Victor Harlan", ["C-2"]),
        ("nmt", ["C-1"]),
        ("Societe Delta S.A.", ["C-3"]),
        ("Norway", []),
        ("Trading Company", ["C-1"]),
        ("", []),
        ("Ltd", []),
    ],
)
def test_a_name_comes_near_what_it_may_be(name: str, numbers: list[str]) -> None:
    assert [each.number for each in matches([name], ENTRIES)] == numbers


def test_a_file_is_read_with_what_else_somebody_is_called() -> None:
    first, second = read_sanctions(f"\ufeff{LISTED}")

    assert first.also == ("NMT", "Meridian North")
    assert second == Sanctioned("C-2", "Viktor Harlan")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: The columns are number, name, also."),
        ("number,name\n1,A\n", "line 1: The columns are number, name, also."),
        ("number,name,also\n", "line 2: There is nobody on this list."),
        ("number,name,also\n1,A\n", "line 2: The columns are number, name, also."),
        ("number,name,also\n1,A,\n1,B,\n", "line 3: Another line has the number 1."),
        ("number,name,also\n1,,x\n", "line 2: A number and a name are needed."),
    ],
)
def test_a_wrong_file_says_every_line(text: str, said: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        read_sanctions(text)

    assert said in map(str, refused.value.faults)


def test_the_list_of_the_latest_day_counts_and_none_is_replaced(world: World) -> None:
    listed(world)
    enter_list(world.engine, None, "Newer", date(2026, 3, 1), LISTED)
    with pytest.raises(Invalid) as older:
        enter_list(world.engine, None, "Older", DAY, LISTED)

    with world.engine.reading() as session:
        assert newest(session) == (2, date(2026, 3, 1))
        assert [each.entries for each in lists_entered(session)] == [2, 2]
    assert "2026-03-01" in str(older.value.faults["dated"])
    assert verify(world.engine.database).sound


def test_a_list_is_entered_by_officers_of_the_house(world: World) -> None:
    with pytest.raises(NotAuthorised):
        enter_list(world.engine, world.person("ingrid.solberg"), "Mine", DAY, LISTED)
    with world.engine.reading() as session:
        assert newest(session) is None
    assert enter_list(world.engine, world.person(OFFICER), "Ours", DAY, LISTED) == 2
