"""Working days are those of whoever a round asks, by the calendars of the day it opened."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.rounds.test_new_rounds import undone
from workflow.engine import round_state
from workflow.engine.rounds import due_time, new_rounds
from workflow.engine.workdays import last, spans
from workflow.lifecycles.calendar import due
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import Extension, Within
from workflow.people.calendars.commands import CalendarWish, set_calendar
from workflow.people.models import Party
from workflow.people.parties import known_party

FIVE = Within(5, "working days")
NEW_YORK = WorkingCalendar("ny", "New York", "America/New_York")


def set_for(world: World, key: str, *rests: str, closed: frozenset[date] = frozenset()) -> int:
    """The party, whose calendar of so many days of rest is in force from tomorrow on."""
    since = world.clock().date() + timedelta(days=1)
    wish = CalendarWish(since=since, weekend=rests, zone="UTC", closed=closed)
    with world.engine.transaction() as session:
        party = known_party(session, key)
        set_calendar(session, party, wish, by=world.person("naledi.khumalo"), now=world.clock())
    return party


def test_a_party_without_a_calendar_works_from_monday_to_friday(world: World) -> None:
    with world.engine.reading() as session:
        india = known_party(session, "ind")

        assert spans(session, FIVE, [india], world.clock().date()) == (FIVE,)
        assert spans(session, FIVE, [], world.clock().date()) == (FIVE,)


def test_what_the_lifecycle_names_counts_and_so_do_days_of_the_calendar(world: World) -> None:
    india = set_for(world, "ind", "friday", "saturday")
    tomorrow = world.clock().date() + timedelta(days=1)

    with world.engine.reading() as session:
        for within in (replace(FIVE, calendar=NEW_YORK), Within(30, "days"), Within(72, "hours")):
            assert spans(session, within, [india], tomorrow) == (within,)


def test_a_round_that_asks_several_ends_once_each_had_all_its_days(world: World) -> None:
    opened = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    india = set_for(world, "ind", "friday", "saturday", closed=frozenset({date(2026, 3, 8)}))
    brazil, cuba = set_for(world, "bra", "saturday", "sunday"), 0
    with world.engine.reading() as session:
        cuba = known_party(session, "zaf")
        counted = spans(session, FIVE, [india, brazil, cuba], opened.date())

    ends = [due(each, opened) for each in counted]

    assert last(counted, lambda span: due(span, opened)) == max(filter(None, ends))
    assert set(ends) == {datetime(2026, 3, day, 12, 0, tzinfo=UTC) for day in (11, 12)}


def test_a_round_opens_with_the_end_that_the_calendar_of_whom_it_asks_gives(world: World) -> None:
    set_for(world, "special-unit", "wednesday", "thursday", "friday", "saturday")
    ref = world.programme("decision")
    world.clock.pass_time(days=2)
    at = world.clock()

    with undone(world, ref) as work:
        spec = replace(work.definition.rounds["screening"], within=FIVE)
        screening = new_rounds.open_round(work, spec)

    assert screening.due_at == due(replace(FIVE, calendar=_rests(world)), at)
    assert screening.due_at != due(FIVE, at)
    assert {seat.due_at for seat in screening.seats} == {screening.due_at}


def test_an_open_round_keeps_the_calendar_of_the_day_it_opened(world: World) -> None:
    terms = Extension((), Within(3, "working days"), 1)
    ref = world.programme("decision")
    with undone(world, ref) as work:
        spec = replace(work.definition.rounds["screening"], within=FIVE)
        screening = new_rounds.open_round(work, spec)
        before = screening.due_at
        assert before is not None
        usual = due_time.later(work.session, spec, terms, screening, before)
        unit = screening.seats[0].party_id
        wish = CalendarWish(
            since=world.clock().date() + timedelta(days=1),
            weekend=("monday", "tuesday", "wednesday"),
            zone="UTC",
        )
        set_calendar(work.session, unit, wish, by=None, now=work.now)

        after = due_time.later(work.session, spec, terms, screening, before)

    assert after == usual


@pytest.mark.parametrize("days", [1, 6])
def test_a_clock_that_stood_still_goes_on_by_the_working_days_of_whom_it_asks(
    world: World, days: int
) -> None:
    party = set_for(world, "special-unit", "friday", "saturday")
    ref = world.programme("decision")
    world.clock.pass_time(days=2)
    stood = world.clock()

    with undone(world, ref) as work:
        spec = replace(work.definition.rounds["screening"], within=FIVE)
        opened = new_rounds.open_round(work, spec)
        stopped = opened._replace(paused_at=stood, paused_due=opened.due_at)
        work.now = stood + timedelta(days=days)
        due_time.resume(work, spec, stopped)
        (span,) = spans(work.session, FIVE, [party], stood.date())
        moved = round_state.by_id(work.session, opened.id).due_at

    assert moved is not None
    assert opened.due_at is not None
    assert moved > opened.due_at
    assert span.calendar is not None
    assert span.calendar.works(moved.date())


def _rests(world: World) -> WorkingCalendar:
    with world.engine.reading() as session:
        unit = session.scalars(select(Party.id).where(Party.key == "special-unit")).one()
        (span,) = spans(session, FIVE, [unit], world.clock().date())
    assert span.calendar is not None
    return span.calendar
