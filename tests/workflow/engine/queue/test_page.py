"""The queue: only what is yours, due first, narrowed, page by page, in a bounded number of reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from tests.support.badges import queue_count
from tests.support.world import World
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.queue import page as queue_page
from workflow.engine.queue import query
from workflow.engine.queue.page import QueuePage
from workflow.engine.queue.query import MOST_COUNTED, QueueFilters
from workflow.people.commands import appoint, end_appointment
from workflow.people.models import Appointment, Party

OFFICER = "jane.okello"


def page(world: World, who: str, filters: QueueFilters | None = None) -> QueuePage:
    """The queue of one person as it stands now."""
    with world.engine.reading() as session:
        now = world.engine.now()
        return queue_page.page(
            session, world.engine, world.person(who), filters or QueueFilters(), now
        )


def count(world: World, who: str) -> int:
    with world.engine.reading() as session:
        return queue_count(session, world.person(who), world.engine.now())


def refs(found: QueuePage) -> list[str]:
    return [row.ref for row in found.rows]


@contextmanager
def statements(world: World) -> Iterator[list[tuple[str, Any]]]:
    """Every statement sent to the database meanwhile, with what it carries."""
    sent: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, statement: str, carried: object, *_rest: object
    ) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, carried))

    event.listen(world.engine.database, "before_cursor_execute", note)
    yield sent
    event.remove(world.engine.database, "before_cursor_execute", note)


def many_seats(world: World, number: int) -> None:
    """Copies of one screening, each with its own case, round and open seat, and no history."""
    world.honest = False
    with world.engine.reading() as session:
        case = session.scalars(
            select(LifecycleCase).where(LifecycleCase.state == "screening")
        ).one()
        seat = session.scalars(
            select(Seat).where(Seat.case_id == case.id, Seat.status == "open")
        ).one()
        round_ = session.get_one(Round, seat.round_id)
    with world.engine.transaction() as session:
        for place in range(number):
            due = None if place % 5 == 0 else seat.opened_at + timedelta(days=place % 7)
            copy = {
                c.key: getattr(case, c.key)
                for c in LifecycleCase.__table__.columns
                if c.key != "id"
            }
            case_id = session.scalar(
                insert(LifecycleCase)
                .values({**copy, "ref": f"C-{place}"})
                .returning(LifecycleCase.id)
            )
            copy = {c.key: getattr(round_, c.key) for c in Round.__table__.columns if c.key != "id"}
            round_id = session.scalar(
                insert(Round).values({**copy, "case_id": case_id}).returning(Round.id)
            )
            copy = {c.key: getattr(seat, c.key) for c in Seat.__table__.columns if c.key != "id"}
            session.execute(
                insert(Seat).values(
                    {**copy, "case_id": case_id, "round_id": round_id, "due_at": due}
                )
            )


def test_a_seat_waits_for_those_who_hold_its_office_and_nobody_else(world: World) -> None:
    ref = world.programme("screening")

    assert refs(page(world, OFFICER)) == [ref]
    assert refs(page(world, "ravi.chand")) == [ref]
    assert refs(page(world, "joao.lima")) == []
    assert refs(page(world, "elena.petrova")) == []


def test_a_row_says_what_is_asked_as_whom_by_when_and_what_silence_means(world: World) -> None:
    world.programme("screening")

    (row,) = page(world, OFFICER).rows

    assert row.asks == "screen the proposal"
    assert (row.role, row.party) == ("unit_officer", "Special Unit for South-South Cooperation")
    assert row.countries == ("AGO", "MOZ")
    assert row.due == row.since + timedelta(days=21)
    assert row.if_silent.startswith("Shows as late")
    assert row.barred == ()


def test_an_office_that_has_ended_asks_nothing_any_more(world: World) -> None:
    world.programme("screening")
    with world.engine.transaction() as session:
        now = world.engine.now()
        held = select(Appointment.id).where(Appointment.person_id == world.person(OFFICER))
        yesterday = now.date() - timedelta(days=1)
        end_appointment(session, session.scalars(held).one(), yesterday, by=None, now=now)

    assert page(world, OFFICER).rows == ()
    assert count(world, OFFICER) == 0


def test_an_answered_seat_leaves_the_queue(world: World) -> None:
    ref = world.programme("screening")

    world.answer(ref, "screening", OFFICER, "return", "Name the money.")

    assert page(world, OFFICER).rows == ()
    assert refs(page(world, "joao.lima")) == [ref]


def test_who_may_not_decide_because_of_an_earlier_act_is_told_so(world: World) -> None:
    world.programme("screening")
    with world.engine.transaction() as session:
        unit = session.scalars(select(Party.id).where(Party.key == "special-unit")).one()
        now = world.engine.now()
        submitter = world.person("joao.lima")
        appoint(session, submitter, "unit_officer", unit, now.date(), by=None, now=now)

    (row,) = page(world, "joao.lima").rows

    assert any("wrote the text" in str(reason) for reason in row.barred)


def test_the_offices_are_counted_before_any_filter(world: World) -> None:
    world.programme("screening")
    world.programme("appraisal")

    found = page(world, "ravi.chand", QueueFilters(stage="approval"))

    assert [(office.role, office.count.number) for office in found.tally.offices] == [
        ("pac_member", 1),
        ("unit_officer", 1),
    ]
    assert found.tally.total.number == 2
    assert [row.role for row in found.rows] == ["pac_member"]


@pytest.mark.proof(either=True)
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (QueueFilters(office="unit_officer:special-unit"), True),
        (QueueFilters(office="unit_officer:undp"), False),
        (QueueFilters(office="nonsense"), False),
        (QueueFilters(stage="proposal"), True),
        (QueueFilters(stage="evaluation"), False),
        (QueueFilters(country="MOZ"), True),
        (QueueFilters(country="BRA"), False),
        (QueueFilters(due="late"), False),
        (QueueFilters(due="week"), False),
        (QueueFilters(text="NURSES"), True),
        (QueueFilters(text="SSC-2026"), True),
        (QueueFilters(text="100%"), False),
    ],
)
def test_each_filter_keeps_what_it_names(world: World, filters: QueueFilters, found: bool) -> None:
    world.programme("screening")

    assert bool(page(world, OFFICER, filters).rows) is found


def test_what_few_cases_are_is_looked_for_some_seats_at_a_time_and_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.programme("screening")
    many_seats(world, 8)
    whole = refs(page(world, OFFICER, QueueFilters(text="C-4")))
    monkeypatch.setattr(query, "LOOKED_AT", 3)

    first = found = page(world, OFFICER, QueueFilters(text="C-4"))
    told, pages = refs(found), 1
    while found.after:
        found = page(world, OFFICER, QueueFilters(text="C-4", after=found.after))
        told, pages = [*told, *refs(found)], pages + 1

    assert told == whole == ["C-4"]
    assert pages == 4
    assert first.after


def test_late_and_soon_are_told_by_the_engines_clock(world: World) -> None:
    world.programme("screening")

    world.clock.pass_time(days=18)
    soon = page(world, OFFICER)
    world.clock.pass_time(days=10)
    late = page(world, OFFICER)

    assert (soon.tally.this_week.number, soon.tally.late.number) == (1, 0)
    assert (late.tally.this_week.number, late.tally.late.number) == (0, 1)
    assert page(world, OFFICER, QueueFilters(due="late")).rows


def test_pages_follow_one_another_without_gap_or_repetition(world: World) -> None:
    world.programme("screening")
    many_seats(world, 60)

    seen, after, pages = [], "", 0
    while pages == 0 or after:
        found = page(world, OFFICER, QueueFilters(after=after))
        seen += [(row.due, row.seat) for row in found.rows]
        after, pages = found.after, pages + 1

    assert pages == 3
    assert len({seat for _, seat in seen}) == 61
    assert seen == sorted(
        seen, key=lambda row: (row[0] is None, row[0] or world.engine.now(), row[1])
    )


@pytest.mark.proof(either=True)
@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        "_",
        "2026_x",
        "soon_3",
        "_9999999999",
        "2026-13-01T00:00:00.000Z_1",
        "2026-01-01_1",
    ],
)
def test_a_cursor_that_makes_no_sense_begins_anew(world: World, after: str) -> None:
    world.programme("screening")

    assert len(page(world, OFFICER, QueueFilters(after=after)).rows) == 1


def test_a_longer_queue_takes_no_more_statements(world: World) -> None:
    world.programme("screening")
    with statements(world) as few:
        page(world, OFFICER)
    many_seats(world, 40)

    with statements(world) as many:
        found = page(world, OFFICER)

    assert len(found.rows) == queue_page.PAGE
    assert len(many) == len(few) <= 10


def test_the_badge_counts_no_further_than_it_can_show(world: World) -> None:
    world.programme("screening")
    many_seats(world, MOST_COUNTED + 10)

    assert count(world, OFFICER) == MOST_COUNTED


def test_an_empty_queue_says_what_waited_last(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", OFFICER, "return", "Name the money.")

    found = page(world, OFFICER)

    assert found.last is not None
    assert (found.last.ref, found.last.until) == (ref, world.engine.now())
    assert page(world, "marie.laurent").last is None


def test_the_next_seat_is_the_first_that_the_person_can_answer(world: World) -> None:
    ref = world.programme("screening")
    with world.engine.reading() as session:
        now = world.engine.now()
        mine = queue_page.first(session, world.engine, world.person(OFFICER), now)
        nobodys = queue_page.first(session, world.engine, world.person("tom.becker"), now)

    assert mine is not None
    assert mine.ref == ref
    assert nobodys is None


def test_two_appointments_to_one_office_show_a_seat_once(world: World) -> None:
    world.honest = False
    world.programme("screening")
    with world.engine.transaction() as session:
        held = session.execute(
            select(Appointment).where(Appointment.person_id == world.person(OFFICER))
        ).scalar_one()
        session.execute(
            insert(Appointment).values(
                person_id=held.person_id,
                role=held.role,
                party_id=held.party_id,
                starts_on=held.starts_on + timedelta(days=1),
            )
        )

    assert len(page(world, OFFICER).rows) == 1
    assert count(world, OFFICER) == 1


def test_the_seat_of_the_timer_waits_for_nobody(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", OFFICER, "return", "Name the money.")

    assert [row.round_key for row in page(world, "joao.lima").rows] == ["resubmission"]
