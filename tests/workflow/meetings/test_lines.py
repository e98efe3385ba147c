"""The list of meetings: what it says of each, what it is narrowed by, and what each reader finds."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from tests.support.world import World
from tests.workflow.meetings.house import (
    FOCAL,
    HANGZHOU,
    OFFICER,
    circulated,
    planned,
    published,
    reported,
)
from workflow.meetings.acts import MeetingReport
from workflow.meetings.filters import MeetingFilters
from workflow.meetings.lines import MeetingLine, every_meeting, meetings
from workflow.meetings.plan import named
from workflow.oversight.checks import lists
from workflow.programmes.models import ListedMeeting

OUTSIDER = "joao.lima"
FORUM = replace(
    HANGZHOU, title="Forum", kind="forum", year=2004, month="", areas=("energy",), framework="F7",
    countries=named(["THA"], "It offers."),
)  # fmt: skip
REGIONAL = replace(
    HANGZHOU, title="Africa", kind="regional", region="africa", year=2026, month="06",
    starts_on=date(2026, 6, 8), areas=("energy",), countries=named(["ZAF"], "It leads."),
)  # fmt: skip


@pytest.fixture
def house(world: World) -> World:
    """A meeting of 2003 was reported, a forum of 2004 held, whose report went out, and a regional one is planned."""
    published(world)
    reported(world)
    circulated(world, FORUM, MeetingReport(outcome="Two matches."))
    planned(world, REGIONAL)
    return world


def listed(house: World, who: str = OFFICER, **asked: str) -> tuple[MeetingLine, ...]:
    """The meetings that somebody finds."""
    with house.engine.reading() as session:
        filters = MeetingFilters(**asked)
        person = house.person(who)
        return meetings(session, house.engine, person, filters, house.clock()).lines


def titles(lines: tuple[MeetingLine, ...]) -> list[str]:
    return [each.title for each in lines]


def test_the_latest_stands_first_and_tells_as_much_of_its_day_as_is_known(house: World) -> None:
    lines = listed(house)

    assert titles(lines) == ["Africa", "Forum", HANGZHOU.title]
    assert [line.month for line in lines] == ["2026-06", "2004", "2003-11"]
    assert [line.starts_on for line in lines] == [date(2026, 6, 8), None, None]
    assert [len(line.commitments) for line in lines] == [0, 0, 2]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "forum"}, ["Forum"]),
        ({"region": "africa"}, ["Africa"]),
        ({"country": "THA"}, ["Forum"]),
        ({"area": "energy"}, ["Africa", "Forum"]),
        ({"framework": "F7"}, ["Forum"]),
        ({"stands": "planned"}, ["Africa"]),
        ({"stands": "held"}, ["Forum"]),
        ({"stands": "reported"}, [HANGZHOU.title]),
        ({"stands": "off"}, []),
        ({"stands": "nonsense"}, []),
        ({"kind": "nonsense", "after": "nonsense"}, []),
    ],
)
def test_it_is_narrowed(house: World, asked: dict[str, str], found: list[str]) -> None:
    assert titles(listed(house, **asked)) == found


@pytest.mark.parametrize(
    ("who", "found"),
    [
        (FOCAL["THA"], ["Forum", HANGZHOU.title]),
        (FOCAL["ZAF"], [HANGZHOU.title]),
        (OUTSIDER, [HANGZHOU.title]),
    ],
)
def test_others_see_what_is_reported_and_that_to_which_they_are_invited(
    house: World, who: str, found: list[str]
) -> None:
    assert titles(listed(house, who)) == found


def test_a_page_leads_on_to_the_next(house: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.meetings.lines.PORTION", 1)

    with house.engine.reading() as session:
        person = house.person(OFFICER)
        every = tuple(every_meeting(session, house.engine, person, MeetingFilters(), house.clock()))

    assert titles(every) == ["Africa", "Forum", HANGZHOU.title]


def test_a_list_that_went_astray_is_found_and_follows_again(house: World) -> None:
    house.honest = False
    with house.engine.transaction() as session:
        session.execute(update(ListedMeeting).where(ListedMeeting.kind == "forum").values(came=9))

    found = lists.astray(house.engine)
    lists.make_follow(house.engine, found)

    assert len(found.meetings) == 1
    assert "list of meetings" in found.differences[0].sentence
    assert lists.astray(house.engine).meetings == ()
    assert [line.came for line in listed(house)] == [0, 1, 3]
