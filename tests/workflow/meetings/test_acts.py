"""What is done about a meeting, from its plan to its report, and what is refused on the way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.meetings.house import (
    DIRECTOR,
    FIRST,
    FOCAL,
    HANGZHOU,
    OFFICER,
    REPORT,
    circulated,
    planned,
    published,
    recorded,
    reported,
)
from workflow.engine.acts.whole import At
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal, RoundClosed
from workflow.meetings.acts import (
    Attending,
    Disposition,
    call,
    call_off,
    comes,
    correct,
    held,
    report,
)
from workflow.meetings.plan import MeetingPlan, named, plan
from workflow.people.models import Party
from workflow.programmes.models import ListedMeeting

AHEAD = MeetingPlan(
    title="Regional meeting, Asia and the Pacific",
    kind="regional",
    region="asia_pacific",
    place="Bangkok, Thailand",
    year=2026,
    month="06",
    starts_on=date(2026, 6, 8),
    ends_on=date(2026, 6, 9),
    areas=("ict",),
    purpose="Who leads in the region.",
    countries=named(["IND", "THA"], "It leads in the area."),
)
ANSWER_BY = date(2026, 5, 4)


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


def line(house: World) -> ListedMeeting:
    """How the only meeting is listed."""
    with house.engine.reading() as session:
        return session.scalars(select(ListedMeeting)).one()


def called(house: World) -> str:
    """A meeting to which India and Thailand are invited."""
    ref = planned(house, AHEAD)
    call(house.engine, house.person(OFFICER), At(ref), ANSWER_BY, "Please say whether you come.")
    return ref


def commitments(house: World, ref: str) -> list[tuple[str, str, str]]:
    """The cases of what was committed to: titles, whose they are, and where they stand."""
    above = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    found = (
        select(LifecycleCase.title, Party.key, LifecycleCase.state)
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(ChildCase.parent_id == above, CaseParty.capacity == "proposer")
        .order_by(ChildCase.number)
    )
    with house.engine.reading() as session:
        return [tuple(row) for row in session.execute(found)]


def test_those_invited_are_asked_and_what_they_say_prepares_the_meeting(house: World) -> None:
    ref = called(house)
    india, thailand = house.person(FOCAL["IND"]), house.person(FOCAL["THA"])

    comes(house.engine, india, At(ref), comes=True)
    comes(house.engine, thailand, At(ref), comes=False)

    assert house.state(ref) == "prepared"
    assert (line(house).state, line(house).invited, line(house).open) == ("prepared", 2, False)


def test_a_meeting_goes_on_without_those_who_do_not_answer(house: World) -> None:
    ref = called(house)

    house.clock.at += timedelta(days=70)
    sweep(house.engine)

    assert house.state(ref) == "prepared"


def test_who_is_not_invited_does_not_know_of_it(house: World) -> None:
    ref = called(house)

    with pytest.raises(NotFound):
        comes(house.engine, house.person(FOCAL["BRA"]), At(ref), comes=True)


def test_nobody_but_an_officer_plans(house: World) -> None:
    with pytest.raises(NotAuthorised):
        plan(house.engine, house.person(FOCAL["IND"]), HANGZHOU)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"countries": ()}, "invited"),
        ({"starts_on": date(2003, 12, 1)}, "starts_on"),
        ({"starts_on": date(2004, 11, 1)}, "starts_on"),
        ({"ends_on": date(2003, 11, 2)}, "starts_on"),
        ({"starts_on": date(2003, 11, 4), "ends_on": date(2003, 11, 2)}, "ends_on"),
        ({"year": 23}, "year"),
        ({"countries": named(["IND"], "")}, "invited"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(
    house: World, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        planned(house, replace(HANGZHOU, **changed))

    assert list(refused.value.faults) == [field]
    with house.engine.reading() as session:
        assert session.scalars(select(ListedMeeting)).all() == []


def test_who_came_to_a_meeting_that_is_still_to_come_is_refused(house: World) -> None:
    ref = called(house)

    with pytest.raises(Invalid) as refused:
        held(house.engine, house.person(OFFICER), At(ref), [Attending("IND", 3)])

    assert list(refused.value.faults) == ["came"]


def test_a_meeting_is_called_off_with_a_reason_until_it_was_held(house: World) -> None:
    ref = called(house)

    call_off(house.engine, house.person(DIRECTOR), At(ref), "Floods in the host country.")

    assert house.state(ref) == "called_off"
    with pytest.raises(RoundClosed):
        call_off(house.engine, house.person(DIRECTOR), At(ref), "Again.")


def test_a_report_that_nobody_corrects_is_final_and_its_commitments_are_followed(
    house: World,
) -> None:
    ref = reported(house)

    assert house.state(ref) == "reported"
    assert (line(house).open, line(house).came, line(house).commitments) == (True, 3, 2)
    assert commitments(house, ref) == [
        ("Commitment 1: Approach each pivotal country", "special-unit", "planned"),
        ("Commitment 2: Name institutions that train", "ind", "planned"),
    ]


def test_a_correction_brings_the_report_back_and_is_answered_before_it_is_sent_again(
    house: World,
) -> None:
    ref = circulated(house)
    officer = house.person(OFFICER)

    correct(house.engine, house.person(FOCAL["CHN"]), At(ref), "China hosted it.")

    assert house.state(ref) == "held"
    with pytest.raises(Invalid) as refused:
        report(house.engine, officer, At(ref), REPORT)
    assert list(refused.value.faults) == ["replies"]
    changed = replace(REPORT, outcome="China hosted the meeting.")
    report(house.engine, officer, At(ref), changed, [Disposition("taken_up", "It says so now.")])
    assert house.state(ref) == "circulated"


def test_a_report_before_the_meeting_was_held_is_refused(house: World) -> None:
    ref = called(house)

    with pytest.raises(Refusal):
        report(house.engine, house.person(OFFICER), At(ref), REPORT)

    assert house.state(ref) == "convened"


def test_whoever_was_not_invited_corrects_nothing(house: World) -> None:
    ref = circulated(house)

    with pytest.raises(NotFound):
        correct(house.engine, house.person(FOCAL["MYS"]), At(ref), "We came too.")


def test_a_commitment_of_who_did_not_take_part_is_refused(house: World) -> None:
    ref = recorded(house)
    strange = replace(REPORT, commitments=(replace(FIRST, party="mys"),))

    with pytest.raises(Invalid) as refused:
        report(house.engine, house.person(OFFICER), At(ref), strange)

    assert list(refused.value.faults) == ["commitments"]
