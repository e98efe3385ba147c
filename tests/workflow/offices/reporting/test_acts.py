"""Reporting calendars set by two: what each refuses, and which schedules follow which."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from tests.support.world import World
from tests.workflow.engine.cases.family import KIND, OFFICER, REF, begun, part
from tests.workflow.engine.cases.test_by_schedule import dated
from workflow import history
from workflow.audit.verification.verify import verify
from workflow.engine.cases.followed import calendar_followed
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.history.filters import HistoryFilters
from workflow.offices.reporting.acts import ReportingWish, ask, confirm, decline
from workflow.offices.reporting.page import reporting_page, waiting
from workflow.oversight.checks.schedules import miscounted
from workflow.people.models import Appointment, Party
from workflow.people.reporting.models import ReportingCalendar
from workflow.vocabulary import ADMINISTRATOR, HOUSE, REGISTER

NALEDI, OTHER = "naledi.khumalo", "pieter.vos"
FOLLOWED = "Period and due day follow the reporting calendar of United Nations Development Programme, which takes part as executing agency"
LATER = date(2026, 3, 3)
APRIL = ReportingWish(LATER, begins_in=4, within=45)
JULY = ReportingWish(LATER, begins_in=7, within=90)
# Reports every half-year of the agency, or of the country that proposed.
HALF: dict[str, Any] = {
    **KIND, "label": "Report", "opens": "by schedule", "every": "half-year",
    "begins": "starts", "until": "ends", "reporting_calendar": "executing_agency",
}  # fmt: skip


def asked(world: World, party: str, wish: ReportingWish, who: str = NALEDI) -> int:
    """A calendar is asked for; returns its number."""
    with world.engine.transaction() as session:
        number = session.scalars(select(Party.id).where(Party.key == party)).one()
        return ask(session, number, wish, by=world.person(who), now=world.clock()).number


def confirmed(world: World, number: int, who: str = OTHER) -> date:
    """It is confirmed by another administrator."""
    with world.engine.transaction() as session:
        return confirm(session, number, by=world.person(who), now=world.clock())


def kept(world: World, party: str, wish: ReportingWish) -> int:
    """A calendar is set by two."""
    number = asked(world, party, wish)
    confirmed(world, number)
    return number


def running(world: World, kind: dict[str, Any], starts: str, ends: str) -> None:
    """A case that has come to where its schedule runs, with days that were written."""
    begun(world, part(), dated(report=kind))
    world.file(REF, "paper", OFFICER, {"starts": starts, "ends": ends})
    world.answer(REF, "start", OFFICER, "go")


def until(world: World, *day: int) -> None:
    """Have time act up to a day."""
    world.clock.at = datetime(*day, 12, tzinfo=UTC)
    sweep(world.engine)


def opened(world: World) -> list[str]:
    """What opened: its period, when it is due, and which calendar it follows."""
    asked_for = select(
        ChildCase.period_from, ChildCase.period_to, ChildCase.due_on, ChildCase.calendar_id
    ).order_by(ChildCase.number)
    with world.engine.reading() as session:
        return [f"{a}/{b} {due} {number}" for a, b, due, number in session.execute(asked_for)]


def test_periods_and_due_days_are_those_of_the_party_that_reports(world: World) -> None:
    number = kept(world, "undp", APRIL)
    running(world, HALF, "2026-03-10", "2027-06-30")

    until(world, 2027, 7, 2)

    assert opened(world) == [
        f"2026-03-10/2026-03-31 2026-05-15 {number}",
        f"2026-04-01/2026-09-30 2026-11-14 {number}",
        f"2026-10-01/2027-03-31 2027-05-15 {number}",
        f"2027-04-01/2027-06-30 2027-08-14 {number}",
    ]
    assert miscounted(world.engine) == []
    assert verify(world.engine.database).sound
    with world.engine.reading() as session:
        assert [str(each) for each in calendar_followed(session, f"{REF}.1")] == [
            f"{FOLLOWED}; it counts for periods that begin from 2026-03-03 on.",
            "The financial year begins in April.",
            "Reports are due 45 days after the end of their period.",
        ]


def test_the_houses_own_counts_where_the_party_has_none_and_else_the_lifecycle(
    world: World,
) -> None:
    running(world, HALF, "2026-03-02", "2028-06-30")
    until(world, 2026, 9, 2)
    house = kept(world, HOUSE, replace(JULY, since=date(2026, 9, 3)))

    until(world, 2027, 7, 2)

    assert opened(world) == [
        "2026-03-02/2026-09-01 None None",
        "2026-09-02/2027-03-01 None None",
        f"2027-03-02/2027-06-30 2027-09-28 {house}",
    ]
    assert miscounted(world.engine) == []
    with world.engine.reading() as session:
        assert calendar_followed(session, REF) == calendar_followed(session, f"{REF}.1") == ()
        assert "since the executing agency had none of its own" in str(
            calendar_followed(session, f"{REF}.3")[0]
        )


def test_what_has_begun_is_counted_as_before_and_what_has_not_is_counted_anew(
    world: World,
) -> None:
    running(world, HALF, "2026-05-01", "2027-06-30")
    number = kept(world, "undp", APRIL)

    sweep(world.engine)
    until(world, 2026, 10, 1)

    assert opened(world) == [f"2026-05-01/2026-09-30 2026-11-14 {number}"]


def test_another_agency_brings_its_own_calendar(world: World) -> None:
    kept(world, "undp", APRIL)
    house = kept(world, HOUSE, JULY)
    running(world, HALF, "2026-03-10", "2027-06-30")
    until(world, 2026, 4, 2)
    with world.engine.transaction() as session:
        case = select(LifecycleCase.id).where(LifecycleCase.ref == REF).scalar_subquery()
        mine = CaseParty.case_id == case, CaseParty.capacity == "executing_agency"
        other = session.scalars(select(Party.id).where(Party.key == "nor")).one()
        session.execute(update(CaseParty).where(*mine).values(party_id=other))

    world.file(REF, "paper", OFFICER, {"starts": "2026-03-10", "ends": "2027-07-31"})
    until(world, 2026, 7, 2)

    assert opened(world)[1:] == [f"2026-04-01/2026-06-30 2026-09-28 {house}"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"since": date(2026, 3, 2)}, "since"),
        ({"since": date(2040, 1, 1)}, "since"),
        ({"begins_in": 0}, "begins_in"),
        ({"begins_in": 13}, "begins_in"),
        ({"within": 0}, "within"),
        ({"within": 367}, "within"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_leaves_no_trace(
    world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        asked(world, "undp", replace(APRIL, **change))

    assert list(refused.value.faults) == [field]
    with world.engine.reading() as session:
        assert session.scalars(select(ReportingCalendar)).all() == []


def test_what_is_kept_already_and_an_earlier_day_are_refused(world: World) -> None:
    kept(world, "undp", APRIL)

    with pytest.raises(Invalid, match="says already"):
        asked(world, "undp", replace(APRIL, since=date(2026, 5, 1)))
    with pytest.raises(Invalid, match="counts from 2026-03-03 on already"):
        asked(world, "undp", JULY)


def test_nobody_confirms_their_own_or_twice_and_strangers_nothing(world: World) -> None:
    number = asked(world, "undp", APRIL)

    with pytest.raises(NotAuthorised, match="cannot confirm"):
        confirmed(world, number, NALEDI)
    with pytest.raises(NotAuthorised):
        confirmed(world, number, OFFICER)
    with pytest.raises(NotAuthorised):
        asked(world, "moz", APRIL, OFFICER)
    with pytest.raises(Stale, match=f"number {number}"):
        asked(world, "undp", JULY)
    confirmed(world, number)
    with pytest.raises(Stale, match="decided on already"):
        confirmed(world, number)
    with pytest.raises(NotFound):
        confirmed(world, 99)


def test_one_that_waited_too_long_counts_from_tomorrow_on(world: World) -> None:
    number = asked(world, "undp", APRIL)
    world.clock.at = datetime(2026, 6, 1, 12, tzinfo=UTC)

    since = confirmed(world, number)

    assert since == date(2026, 6, 2)
    assert verify(world.engine.database).sound


def test_a_declined_one_counts_for_nothing_and_its_reason_is_kept(world: World) -> None:
    number = asked(world, "undp", APRIL)
    with world.engine.reading() as session:
        (waits,) = waiting(session, world.person(NALEDI))

    with world.engine.transaction() as session:
        decline(session, number, "They report by June.", by=world.person(OTHER), now=world.clock())

    assert (waits.number, waits.own, waits.party) == (number, True, "undp")
    with world.engine.reading() as session:
        page = reporting_page(session, "undp", LATER, None)
    assert (page.kept, page.counts, page.waiting) == ((), None, ())
    assert verify(world.engine.database).sound


def test_an_only_administrator_sets_it_alone(world: World) -> None:
    with world.engine.transaction() as session:
        other = Appointment.person_id == world.person(OTHER)
        session.execute(delete(Appointment).where(other, Appointment.role == ADMINISTRATOR))

    with world.engine.transaction() as session:
        party = session.scalars(select(Party.id).where(Party.key == "undp")).one()
        done = ask(session, party, APRIL, by=world.person(NALEDI), now=world.clock())

    assert not done.waits
    with world.engine.reading() as session:
        page = reporting_page(session, "undp", LATER, None)
    assert page.counts == page.kept[0]


def test_the_register_tells_it_in_sentences(world: World) -> None:
    kept(world, "undp", APRIL)

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"),
            now=world.clock(), filters=HistoryFilters(),
        )[-2:]  # fmt: skip

    wished, done = told
    assert "asked for a reporting calendar of United Nations Development Programme" in str(
        wished.says
    ).replace("UNDP", "United Nations Development Programme")
    assert [str(each) for each in done.under][:2] == [
        "The financial year begins in April.",
        "Reports are due 45 days after the end of their period.",
    ]


def test_a_calendar_altered_behind_the_register_is_told(world: World) -> None:
    world.honest = False
    number = kept(world, "undp", APRIL)
    with world.engine.transaction() as session:
        session.execute(update(ReportingCalendar).values(within=300))

    found = verify(world.engine.database)

    assert any(
        f"The reporting calendar {number}: its within is" in each.sentence
        for each in found.differences
    )
