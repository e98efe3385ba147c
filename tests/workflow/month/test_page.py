"""A person's month, in both databases: what is late, due by Sunday, later and ahead, and what a silence brings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.statements import asked
from tests.support.world import NURSES, PROPOSAL, TEXTS, World
from tests.workflow.blockers.house import two_programmes
from tests.workflow.month.turns import more_turns
from workflow.engine.engine import Engine
from workflow.engine.queue.due import DueSeat
from workflow.engine.queue.page import head
from workflow.month.ahead import MOST
from workflow.month.months import Month, ends_near, week_ends
from workflow.month.page import PAGE, MonthPage, month_page
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment

OFFICER, AGENCY, MANAGER, STRANGER = (
    "jane.okello",
    "kenji.watanabe",
    "beatriz.costa",
    "tavita.leota",
)
# It runs from 1 January 2027 to 30 June 2029; a work plan is asked for ahead of each year.
LONG = replace(NURSES, texts={**TEXTS, "proposal": {**PROPOSAL, "planned_end": "2029-06-30"}})


def month_of(world: World, who: str, named: str = "", after: str = "") -> MonthPage:
    """The page of somebody's month; the present one where none is named."""
    engine: Engine = world.engine
    month = Month.named(named) if named else Month.of(engine.now())
    with engine.reading() as session:
        return month_page(session, engine, world.person(who), month, engine.now(), after=after)


def refs(lines: tuple[DueSeat, ...]) -> list[str]:
    return [each.waiting.ref for each in lines]


def test_what_is_late_due_by_sunday_and_later_is_told_apart(world: World) -> None:
    ref = world.programme("screening")
    (line,) = month_of(world, OFFICER).all
    due = line.waiting.due
    assert due is not None

    places = []
    for at in (due - timedelta(minutes=1), due, due + timedelta(minutes=1)):
        world.clock.at = at
        page = month_of(world, OFFICER)
        places.append((refs(page.late), refs(page.week), refs(page.later)))
    world.clock.at = week_ends(due) - timedelta(days=7, minutes=1)
    before = month_of(world, OFFICER)

    assert places == [([], [ref], []), ([], [ref], []), ([ref], [], [])]
    assert (refs(before.week), refs(before.later)) == ([], [ref])


def test_what_is_late_of_an_earlier_month_stands_in_the_present_one(world: World) -> None:
    ref = world.programme("screening")

    world.clock.pass_time(days=90)

    assert refs(month_of(world, OFFICER).late) == [ref]
    assert month_of(world, OFFICER, "2026-07").all == ()
    assert refs(month_of(world, OFFICER, "2026-03").later) == [ref]


def test_a_silence_is_said_with_who_is_told_and_where_time_moves_the_case(world: World) -> None:
    two_programmes(world)

    page = month_of(world, AGENCY)

    (line,) = page.later
    up = page.up[line.waiting.ref]
    assert line.waiting.if_silent.startswith("Shows as late")
    assert (line.moves, up.on.date(), up.role) == (None, date(2026, 4, 1), "Director")


def test_schedules_say_what_they_open_within_three_months(world: World) -> None:
    ref = world.programme("active", LONG)

    ahead = month_of(world, MANAGER, "2027-08").ahead

    found = [
        (str(each.month), case.ref, case.label, case.on)
        for each in ahead.months
        for case in each.cases
    ]
    assert found == [("2027-10", ref, "Work plan", date(2027, 10, 15))]
    assert month_of(world, MANAGER, "2027-06").ahead.months == ()
    assert month_of(world, STRANGER, "2027-08").ahead.months == ()
    assert [each.cases for each in month_of(world, OFFICER, "2027-08").ahead.months] == [
        ahead.months[0].cases
    ]


def test_what_falls_due_in_the_months_after_is_told_ahead(world: World) -> None:
    ref = world.programme("screening")

    (month,) = month_of(world, OFFICER, "2026-01").ahead.months

    assert (str(month.month), [each.ref for each in month.falling]) == ("2026-03", [ref])
    assert month.falling[0].asks == month_of(world, OFFICER).all[0].waiting.asks


def test_what_is_answered_under_a_mandate_stands_in_the_month_of_the_delegate(world: World) -> None:
    ref = world.programme("screening")
    now = world.engine.now()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(OFFICER))
        wish = Grant(
            session.scalars(held).one(), world.person(STRANGER), now.date(),
            (now + timedelta(days=9)).date(), "Away",
        )  # fmt: skip
        grant(session, world.person(OFFICER), wish, now=now)

    (line,) = month_of(world, STRANGER).all

    assert (line.waiting.ref, line.waiting.principal) == (ref, "Jane Okello")


def test_the_first_page_counts_what_the_month_lists(world: World) -> None:
    two_programmes(world)

    with world.engine.reading() as session:
        now = world.engine.now()
        tally, _ = head(session, world.engine, world.person(AGENCY), now, 1, ends_near(now))
    page = month_of(world, AGENCY)

    said = (tally.late.number, tally.near.number, tally.behind.number)
    assert said == (len(page.late), len(page.week), len(page.later)) == (0, 0, 1)


@pytest.mark.usefixtures("world")
def test_of_two_thousand_the_first_page_costs_what_one_costs_and_leads_on(world: World) -> None:
    world.programme("screening")
    month_of(world, OFFICER)
    with asked(world.engine.database) as of_one:
        month_of(world, OFFICER)
    more_turns(world, 2000)

    with asked(world.engine.database) as of_many:
        page = month_of(world, OFFICER)
    behind = month_of(world, OFFICER, after=page.after)

    assert len(page.all) == len(behind.all) == PAGE
    seen = {each.waiting.seat for each in page.all} & {each.waiting.seat for each in behind.all}
    assert seen == set()
    assert of_many.read <= of_one.read + 1, of_many.told()


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("beyond", [0, 1])
def test_there_is_more_ahead_where_more_falls_due_than_is_told(world: World, beyond: int) -> None:
    world.programme("screening")
    more_turns(world, MOST - 1 + beyond)
    before = Month.of(world.clock()).further(-1)

    ahead = month_of(world, OFFICER, str(before)).ahead

    assert sum(len(each.falling) for each in ahead.months) == MOST
    assert ahead.more == bool(beyond)
