"""Facts on both databases: what waits is counted from where it waits, and its oldest is named."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, text, update

from tests.support.sign_ins import leave_sign_ins
from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF, above, begun, part
from tests.workflow.engine.cases.test_by_schedule import QUARTERLY
from workflow.audit.models import Event
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Round
from workflow.health.facts import Backlog, HealthFacts, Installation, facts
from workflow.health.heartbeats import Heartbeats, Work
from workflow.notices.models import Delivery, Notice
from workflow.orders.kinds import OrderKind, OrderState, Wish
from workflow.orders.models import FileOrder
from workflow.orders.orders import order
from workflow.oversight.checks.run import ask, check_if_due
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.people.register import registered
from workflow.people.sweep import sweep as sweep_sign_ins
from workflow.tlog.store.heads import state_heads
from workflow.tlog.store.models import LogPending
from workflow.tlog.store.sequencer import Sequencer


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    made = World(house_url)
    yield made
    made.close()


def of(world: World) -> HealthFacts:
    return facts(world.engine, Installation())


def test_events_wait_for_the_log_until_they_are_placed(world: World) -> None:
    with world.engine.reading() as session:
        count = session.scalar(select(func.count()).select_from(LogPending)) or 0
        oldest = session.scalar(select(func.min(Event.at)))
    before = of(world)

    sequencer = Sequencer(world.engine.database, "one", world.engine.clock)
    while sequencer.work():
        pass
    after = of(world)

    assert count > 0
    assert before.waiting[Work.SEQUENCER] == Backlog(count, oldest)
    assert before.waiting[Work.SIGNER] == Backlog()
    assert after.waiting[Work.SEQUENCER] == Backlog(0, None)
    assert after.waiting[Work.SIGNER] == Backlog(count, oldest)


def test_nobody_goes_through_all_events_for_those_that_wait(sqlite_house_url: str) -> None:
    world = World(sqlite_house_url)
    world.programme("draft")
    with world.engine.transaction() as session:
        session.execute(text("delete from log_pending"))
        session.execute(text("analyze"))
    world.honest = False  # What waited was forgotten.

    with asked(world.engine.database) as heard:
        of(world)

    statements = [each for told in heard.transactions for each in told.statements]
    with world.engine.database.connect() as connection:
        (waiting,) = [each for each in statements if "count(log_pending" in each]
        steps = [row[3] for row in connection.exec_driver_sql(f"explain query plan {waiting}")]
    assert [each for each in steps if each.startswith("SCAN event")] == []
    world.close()


def test_events_wait_to_be_found_until_they_are_indexed(world: World) -> None:
    with world.engine.reading() as session:
        count = session.scalar(select(func.count()).select_from(Event)) or 0
        oldest = session.scalar(select(func.min(Event.at)))
    before = of(world)

    catch_up_wholly(world.engine)

    assert before.waiting[Work.INDEXER] == Backlog(count, oldest)
    assert of(world).waiting[Work.INDEXER] == Backlog(0, None)


def test_an_overdue_check_that_was_asked_for_is_known(world: World) -> None:
    world.programme("screening")
    before = of(world).checking
    world.clock.pass_time(days=2)
    ask(world.engine, world.person("marie.laurent"))

    assert (before, of(world).checking) == (False, True)


def test_a_house_waits_for_its_check_since_its_first_event_or_its_last_check(world: World) -> None:
    with world.engine.reading() as session:
        first = session.scalar(select(func.min(Event.at)))
    before = of(world).waiting[Work.CHECK].since
    world.clock.pass_time(hours=1)

    check_if_due(world.engine)

    assert before == first
    assert of(world).waiting[Work.CHECK].since == world.clock.at


def test_a_log_waits_for_its_heads_since_its_first_event_or_the_end_of_the_last_day(
    world: World,
) -> None:
    sequencer = Sequencer(world.engine.database, "one", world.engine.clock)
    while sequencer.work():
        pass
    with world.engine.reading() as session:
        first = session.scalar(select(func.min(Event.at)))
    never = of(world).waiting[Work.HEADS]
    with world.engine.transaction() as session:
        state_heads(session, registered, world.clock.at)
    stated = of(world).waiting[Work.HEADS]
    day = world.clock.at
    world.clock.pass_time(days=3)

    late = of(world).waiting[Work.HEADS]

    assert never == Backlog(1, first)
    assert stated == Backlog()
    assert late.since == datetime.combine(day.date() + timedelta(days=1), time(), UTC)


def test_ended_sessions_wait_to_be_removed_since_they_ended(world: World) -> None:
    with world.engine.transaction() as session:
        leave_sign_ins(session, world.person("joao.lima"), world.engine.now())
    before = of(world).waiting[Work.TIDY]
    world.clock.pass_time(days=1)

    after = of(world).waiting[Work.TIDY]
    with world.engine.transaction() as session:
        gone = sweep_sign_ins(session, world.engine.now())

    assert before.count == 0
    assert (after.count, after.since is not None) == (gone, True)
    assert after.since is not None
    assert after.since <= world.clock.at
    assert of(world).waiting[Work.TIDY] == Backlog(0, None)


def test_ordered_files_wait_until_somebody_makes_them_who_then_shows_life(world: World) -> None:
    order(world.engine, world.person("marie.laurent"), Wish(OrderKind.EVENTS, {}), "en")
    waits = of(world)
    with world.engine.transaction() as session:
        making = {"state": OrderState.MAKING.value, "alive_at": world.clock.at}
        session.execute(update(FileOrder).values(**making))

    made = of(world)

    assert waits.waiting[Work.FILES] == Backlog(1, world.clock.at)
    assert waits.waiting[Work.DOSSIERS] == made.waiting[Work.FILES] == Backlog(0, None)
    assert made.beats[Work.FILES].worked_at == world.clock.at


def test_a_deadline_waits_until_the_next_sweep(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=90)
    with world.engine.reading() as session:
        due = session.scalar(
            select(func.min(Round.due_at)).where(Round.status == "open", Round.due_at.is_not(None))
        )
    before = of(world).waiting[Work.SWEEP]

    sweep(world.engine)
    Heartbeats(world.engine.database, "one", world.engine.clock).worked(Work.SWEEP)

    assert ref
    assert (before.count >= 1, before.since) == (True, due)
    assert of(world).waiting[Work.SWEEP] == Backlog(0, None)


def test_what_a_schedule_owes_waits_until_the_next_sweep(world: World) -> None:
    begun(world, part(), above(report=QUARTERLY))
    world.answer(REF, "start", OFFICER, "go")
    world.clock.at = datetime(2026, 6, 3, tzinfo=UTC)
    before = of(world).waiting[Work.SWEEP]

    sweep(world.engine)

    assert before == Backlog(1, datetime(2026, 6, 2, tzinfo=UTC))
    assert of(world).waiting[Work.SWEEP] == Backlog(0, None)


def test_a_letter_waits_since_its_notice_and_says_what_the_server_said(world: World) -> None:
    world.programme("consultation")
    with world.engine.transaction() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id)).first()
        assert notice is not None
        session.add(
            Delivery(
                notice_id=notice.id, channel="mail", way="at_once", state="owed",
                due_at=world.clock.at + timedelta(hours=4), tries=3,
                last_error="451 try later", message_id="",
            )
        )  # fmt: skip
        since = notice.created_at

    found = of(world)

    assert found.waiting[Work.MAIL] == Backlog(1, since)
    assert found.letter_fault == "451 try later"
    with world.engine.transaction() as session:
        session.execute(update(Delivery).values(state="sent"))
    assert of(world).waiting[Work.MAIL] == Backlog(0, None)
