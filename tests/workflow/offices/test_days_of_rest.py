"""What the set-up page says of calendars: holidays that run out, and parties asked without one."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.offices.test_setup import COMPLETE, STANDARD, missing
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.terms import Within
from workflow.offices.days_of_rest import asked_without_calendar, running_out
from workflow.offices.facts import RunsOut
from workflow.people.calendars.commands import CalendarWish, set_calendar
from workflow.people.parties import known_party

RIO = CalendarWish(
    since=date(2026, 3, 3), weekend=("sunday",), zone="America/Sao_Paulo", source="BRA"
)


def in_working_days(key: str) -> Definition:
    """The standard lifecycle with one round counted in working days of whoever is asked."""
    spec = replace(STANDARD.rounds[key], within=Within(5, "working days"))
    return replace(STANDARD, rounds={**STANDARD.rounds, key: spec})


def test_a_party_asked_in_working_days_without_a_calendar_is_named_until_it_has_one(
    world: World,
) -> None:
    world.programme("consultation")
    today = world.engine.now().date()
    asked = in_working_days("consultation")
    with world.engine.transaction() as session:
        before = asked_without_calendar(session, lambda _: asked, today)
        others = asked_without_calendar(session, lambda _: STANDARD, today)
        brazil = known_party(session, "bra")
        wish = replace(RIO, since=today + timedelta(days=1))
        set_calendar(session, brazil, wish, by=None, now=world.engine.now())

    with world.engine.reading() as session:
        after = asked_without_calendar(session, lambda _: asked, today + timedelta(days=1))
        soon = running_out(session, today + timedelta(days=1))
        late = running_out(session, today + timedelta(days=5 * 365))

    assert "Brazil" in before
    assert {*before} - {*after} == {"Brazil"}
    assert "Brazil" not in others
    assert soon == ()
    assert [each.party for each in late] == ["Brazil"]


def test_a_round_counts_as_the_lifecycle_says_that_its_own_case_follows(world: World) -> None:
    ref, today = world.programme("consultation"), world.engine.now().date()
    theirs = in_working_days("consultation")
    with world.engine.reading() as session:
        follows = select(LifecycleCase.definition_id).where(LifecycleCase.ref == ref)
        followed = session.scalars(follows).one()

        asked = asked_without_calendar(
            session, lambda number: theirs if number == followed else STANDARD, today
        )
        of_others = asked_without_calendar(
            session, lambda number: STANDARD if number == followed else theirs, today
        )

    assert "Brazil" in asked
    assert of_others == ()


def test_both_are_told_on_the_set_up_page_and_stop_nothing() -> None:
    facts = replace(
        COMPLETE,
        running_out=(RunsOut("India", date(2031, 12, 31)),),
        uncounted=("Brazil", "China", "India", "Mali", "Peru"),
    )

    told = missing(facts)

    assert [(each.way, each.stops) for each in told] == [("calendars", False)] * 2
    assert str(told[0].what) == "The holidays of India run out"
    assert "2031" in str(told[0].why)
    assert str(told[1].what) == "Calendars for 5 parties that are asked in working days"
    assert "Brazil, China, India and 2 others" in str(told[1].why)
