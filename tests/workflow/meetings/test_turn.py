"""What was committed to becomes an approach or a proposal, and a match of a forum a proposal; each knows of the other."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.approaches.house import published as approaches_published
from tests.workflow.approaches.house import question
from tests.workflow.meetings.house import (
    FOCAL,
    HANGZHOU,
    OFFICER,
    REPORT,
    circulated,
    published,
    reported,
)
from workflow.approaches.ask import approach
from workflow.audit.events.countries.meetings import CaseCameOf
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotFound
from workflow.meetings.acts import Match
from workflow.meetings.filters import MeetingFilters
from workflow.meetings.lines import CommitmentLine, meetings
from workflow.meetings.page import MeetingCase, meeting_if_any
from workflow.meetings.plan import named
from workflow.meetings.turn import propose_from
from workflow.oversight.checks import lists
from workflow.programmes.meetings.origins import CameOf, Origin
from workflow.programmes.models import CaseOrigin, Programme
from workflow.programmes.page.page import programme_page

SUBMITTER = "joao.lima"
FORUM = replace(
    HANGZHOU, title="Forum", kind="forum", countries=named(["IND"], "Its enterprises offer.")
)
MATCH = Match(topic="Solar pumps", offers="IND", seeks="MOZ", area="energy")


@pytest.fixture
def house(world: World) -> World:
    published(world)
    approaches_published(world)
    return world


@pytest.fixture
def meeting(house: World) -> str:
    """A meeting with two commitments, whose report is final."""
    return reported(house)


def committed(house: World, who: str = OFFICER) -> tuple[CommitmentLine, ...]:
    """The commitments of the only meeting as somebody finds them."""
    with house.engine.reading() as session:
        found = meetings(session, house.engine, house.person(who), MeetingFilters(), house.clock())
    return found.lines[0].commitments


def seen(house: World, ref: str, who: str) -> MeetingCase:
    with house.engine.reading() as session:
        found = meeting_if_any(session, house.engine, house.person(who), ref, house.clock())
    assert found is not None
    return found


def came_of(house: World, ref: str, who: str) -> CameOf | None:
    """For what a case was begun, as its page tells somebody."""
    with house.engine.reading() as session:
        page = programme_page(session, house.engine, ref, house.person(who), house.clock())
    return page.facts.came_of if page.facts else None


def test_an_officer_turns_a_commitment_into_approaches_linked_both_ways(
    house: World, meeting: str
) -> None:
    asked = replace(question("ict"), came_of=f"{meeting}.1")

    brazil, india = approach(house.engine, house.person(OFFICER), ["BRA", "IND"], asked)

    first, second = committed(house)
    assert [each.ref for each in first.became] == [brazil, india]
    assert second.became == ()
    told = came_of(house, brazil, FOCAL["BRA"])
    assert told == CameOf(f"{meeting}.1", "Commitment 1: Approach each pivotal country", "")


def test_what_came_of_it_is_told_to_those_alone_who_may_know_of_that(
    house: World, meeting: str
) -> None:
    asked = replace(question("ict"), came_of=f"{meeting}.1")
    approach(house.engine, house.person(OFFICER), ["BRA"], asked)

    assert committed(house, SUBMITTER)[0].became == ()
    assert len(committed(house, FOCAL["BRA"])[0].became) == 1


def test_who_seeks_turns_a_match_into_a_proposal_linked_both_ways(house: World) -> None:
    forum = reported(house, FORUM, replace(REPORT, commitments=(), matches=(MATCH,)))

    begun = propose_from(
        house.engine, house.person(SUBMITTER), house.party("moz"), Origin(forum, "1"), {}
    )

    (match,) = seen(house, forum, SUBMITTER).matches
    assert [(each.ref, each.title) for each in match.became] == [(begun.ref, "Solar pumps")]
    assert seen(house, forum, OFFICER).matches[0].became == ()
    assert came_of(house, begun.ref, SUBMITTER) == CameOf(forum, "Forum", "1")


def test_for_what_a_case_was_begun_is_told_to_nobody_who_may_not_know_of_that(house: World) -> None:
    forum = reported(house, FORUM, replace(REPORT, commitments=(), matches=(MATCH,)))
    begun = propose_from(
        house.engine, house.person(SUBMITTER), house.party("moz"), Origin(forum, "1"), {}
    )
    house.honest = False
    with house.engine.transaction() as session:
        unsent = update(LifecycleCase).where(LifecycleCase.ref == forum)
        session.execute(unsent.values(state="planned", stage="proposal"))

    assert came_of(house, begun.ref, SUBMITTER) is None


def test_a_commitment_becomes_a_proposal_under_a_title(house: World, meeting: str) -> None:
    origin = Origin(f"{meeting}.2")

    begun = propose_from(
        house.engine, house.person(SUBMITTER), house.party("moz"), origin, {"title": "Training"}
    )

    assert committed(house, SUBMITTER)[1].became[0].ref == begun.ref
    with house.engine.reading() as session:
        events = select(Event).where(Event.type == CaseCameOf.event_type.value)
        assert len(session.scalars(events).all()) == 1


@pytest.mark.parametrize("match", ["2", "nonsense"])
def test_a_match_that_there_is_not_is_refused(house: World, match: str) -> None:
    forum = reported(house, FORUM, replace(REPORT, commitments=(), matches=(MATCH,)))

    with pytest.raises(Invalid) as refused:
        propose_from(
            house.engine, house.person(SUBMITTER), house.party("moz"), Origin(forum, match), {}
        )

    assert list(refused.value.faults) == ["came_of"]
    with house.engine.reading() as session:
        assert session.scalars(select(CaseOrigin)).all() == []


def test_a_match_of_a_report_that_is_not_final_is_refused(house: World) -> None:
    forum = circulated(house, FORUM, replace(REPORT, commitments=(), matches=(MATCH,)))

    with pytest.raises(Invalid):
        propose_from(
            house.engine, house.person(SUBMITTER), house.party("moz"), Origin(forum, "1"), {}
        )


def test_what_is_no_commitment_and_what_nobody_knows_of_is_refused_and_writes_nothing(
    house: World, meeting: str
) -> None:
    officer = house.person(OFFICER)

    with pytest.raises(Invalid, match="nothing that was committed to"):
        approach(house.engine, officer, ["BRA"], replace(question("ict"), came_of=meeting))
    with pytest.raises(NotFound):
        approach(house.engine, officer, ["BRA"], replace(question("ict"), came_of="SSC-1.1"))

    with house.engine.reading() as session:
        assert session.scalars(select(CaseOrigin)).all() == []
        assert len(session.scalars(select(Programme)).all()) == 3


def test_origins_that_went_astray_are_found_and_follow_again(house: World, meeting: str) -> None:
    asked = replace(question("ict"), came_of=f"{meeting}.1")
    approach(house.engine, house.person(OFFICER), ["BRA"], asked)
    house.honest = False
    with house.engine.transaction() as session:
        session.execute(update(CaseOrigin).values(row="7"))

    found = lists.astray(house.engine)
    lists.make_follow(house.engine, found)

    assert len(found.origins) == 1
    assert "its trail tells" in found.differences[0].sentence
    assert lists.astray(house.engine).origins == ()
    assert len(committed(house)[0].became) == 1
