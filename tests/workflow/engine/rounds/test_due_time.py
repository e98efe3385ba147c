"""Clocks that stand still while a case is suspended, and go on later by what they stood still."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from tests.support.badges import queue_count
from tests.support.world import TEXTS, World
from tests.workflow.engine.commands.test_sign import decision, trail
from workflow.demo import suspensions
from workflow.engine import commands, round_state, unit_of_work
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.models import Round, Seat
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.rounds import closure, due_time, progress
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import RoundClosed
from workflow.history.filters import HistoryFilters
from workflow.history.reader import selection

DIRECTOR, MANAGER, MEMBER = "elena.petrova", "beatriz.costa", "carla.duarte"
REVIEW = "final_review"


def under_review(world: World) -> str:
    """A programme whose closing review by the Board is open, due in sixty days."""
    ref = world.programme("active")
    world.file(ref, "final_report", MANAGER, TEXTS["final_report"])
    world.answer(ref, "completion", MANAGER, "finish")
    return ref


def carry_out(world: World, ref: str, key: str) -> None:
    """Propose a suspension or a resumption, hear those concerned for 15 days, and carry it out."""
    suspensions.propose(world, ref, key, "Floods.")
    world.clock.pass_time(days=15)
    suspensions.decide(world, ref, key, "As heard.")


def newest(world: World, key: str = REVIEW) -> Round:
    found = select(Round).where(Round.key == key).order_by(Round.turn.desc()).limit(1)
    with world.engine.reading() as session:
        return session.scalars(found).one()


def seats_due(world: World) -> set[datetime | None]:
    with world.engine.reading() as session:
        return set(session.scalars(select(Seat.due_at).where(Seat.round_id == newest(world).id)))


def waits(world: World) -> int:
    with world.engine.reading() as session:
        return queue_count(session, world.person(MEMBER), world.engine.now())


def test_suspension_stops_the_clock_of_what_is_open(world: World) -> None:
    ref = under_review(world)
    due = newest(world).due_at

    carry_out(world, ref, "suspension")

    review = newest(world)
    assert (review.status, review.due_at, review.paused_due) == ("open", None, due)
    assert review.paused_at == world.engine.now()
    assert seats_due(world) == {None}
    assert trail(world, ref)[-3:] == ["round.paused", "state.entered", "round.opened"]


def test_resumption_puts_the_end_off_by_the_time_that_passed(world: World) -> None:
    ref = under_review(world)
    due = newest(world).due_at
    assert due is not None
    carry_out(world, ref, "suspension")
    stopped = world.engine.now()
    world.clock.pass_time(days=200)

    carry_out(world, ref, "resumption")

    review = newest(world)
    assert world.state(ref) == "active"
    assert review.due_at == due + (world.engine.now() - stopped)
    assert seats_due(world) == {review.due_at}
    assert (review.turn, review.paused_at, review.paused_due, review.paused_for) == (
        1, None, None, "",
    )  # fmt: skip


def test_what_was_finished_before_the_pause_is_not_asked_again(world: World) -> None:
    ref = under_review(world)
    carry_out(world, ref, "suspension")

    carry_out(world, ref, "resumption")

    assert newest(world, "completion").turn == 1
    world.answer(ref, REVIEW, MEMBER, "accept")


def test_an_answer_given_before_the_pause_still_stands_after_it(world: World) -> None:
    ref = under_review(world)
    world.answer(ref, REVIEW, MEMBER, "accept")
    carry_out(world, ref, "suspension")

    carry_out(world, ref, "resumption")

    with world.engine.reading() as session:
        answered = [c for c in round_state.by_id(session, newest(world).id).seats if c.verdict]
    assert [seat.verdict for seat in answered] == ["accept"]


def test_while_it_is_paused_a_round_takes_no_answer_and_waits_for_nobody(world: World) -> None:
    ref = under_review(world)
    before = waits(world)
    carry_out(world, ref, "suspension")
    late = decision(world, ref, REVIEW, "accept")

    with pytest.raises(RoundClosed):
        commands.sign(world.engine, world.person(MEMBER), late)

    assert waits(world) == before - 1
    with world.engine.reading() as session:
        person, now = world.person(MEMBER), world.engine.now()
        case = visible_case(session, ref, person, now)
        offered = {a.round_key for a in actions(session, world.engine, case, person, now)}
    assert REVIEW not in offered


def test_the_history_tells_of_the_stop_and_of_the_new_end(world: World) -> None:
    ref = under_review(world)
    carry_out(world, ref, "suspension")
    carry_out(world, ref, "resumption")

    with world.engine.reading() as session:
        lines = selection(
            session, world.engine, ref,
            person=world.person(DIRECTOR), now=world.engine.now(), filters=HistoryFilters(),
        )  # fmt: skip
    told = [str(part) for line in lines for part in (line.says, *line.under)]

    assert "The clock of “Closing review” was stopped" in told
    assert "The clock of “Closing review” went on" in told
    assert any(each.startswith("Now due 20") for each in told)


def test_a_case_that_goes_on_elsewhere_leaves_what_was_paused_behind(world: World) -> None:
    ref = world.programme("inception")
    carry_out(world, ref, "suspension")

    carry_out(world, ref, "resumption")

    assert newest(world, "begin_delivery").status == "overtaken"
    assert newest(world, "completion").status == "open"


def test_cancelled_while_it_is_suspended_nothing_stays_open(world: World) -> None:
    ref = under_review(world)
    carry_out(world, ref, "suspension")

    carry_out(world, ref, "cancellation")

    assert newest(world).status == "overtaken"
    assert newest(world).paused_for == ""


# A round that time settles: while its clock stands still, nobody's sweep can settle it.


def consulted(world: World) -> tuple[str, datetime]:
    """A programme before its pivotal countries; silence settles that after thirty days."""
    ref = world.programme("consultation")
    due = newest(world, "consultation").due_at
    assert due is not None
    return ref, due


def by_hand(world: World, ref: str, *, stop: bool) -> None:
    """Stop the clock of the consultation, or let it go on, as a move of the case would."""
    with world.engine.transaction() as session:
        case = unit_of_work.lock_case(session, ref)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, world.engine.now())
        round_ = round_state.latest(session, case.id, "consultation")
        assert round_ is not None
        spec = definition.rounds["consultation"]
        if stop:
            due_time.pause(work, spec, round_, round_state.PAUSED_BY_MAIL)
        else:
            due_time.resume(work, spec, round_)
        work.close()


def test_nothing_lapses_while_the_clock_stands_still(world: World) -> None:
    ref, _ = consulted(world)
    by_hand(world, ref, stop=True)

    moved = []
    for days in (25, 6, 400):
        world.clock.pass_time(days=days)
        moved += [sweep(world.engine), sweep(world.another_engine())]

    assert moved == [Swept()] * 6
    assert world.state(ref) == "consultation"


def test_a_stop_kept_beside_the_due_time_would_have_let_it_lapse(world: World) -> None:
    ref, due = consulted(world)
    by_hand(world, ref, stop=True)
    with world.engine.transaction() as session:
        session.execute(
            update(Round).where(Round.key == "consultation").values(due_at=due, acts_at=due)
        )
    world.honest = False
    world.clock.pass_time(days=31)

    moved = sweep(world.engine)

    assert moved == Swept(settled=1)
    assert world.state(ref) != "consultation"


def test_it_lapses_when_the_time_left_has_passed_and_not_before(world: World) -> None:
    ref, due = consulted(world)
    world.clock.pass_time(days=20)
    by_hand(world, ref, stop=True)
    world.clock.pass_time(days=100)
    by_hand(world, ref, stop=False)
    world.clock.pass_time(days=10)
    at_the_end = sweep(world.engine)

    world.clock.pass_time(days=3)
    after = sweep(world.engine)

    assert (at_the_end.settled, after.settled) == (0, 1)
    assert newest(world, "consultation").effective_at == due + timedelta(days=100)


def test_reminders_move_along_and_what_was_told_is_not_told_again(world: World) -> None:
    ref, _ = consulted(world)
    world.clock.pass_time(days=24)
    reminded = sweep(world.engine).told
    by_hand(world, ref, stop=True)
    world.clock.pass_time(days=50)

    by_hand(world, ref, stop=False)

    told = []
    for _ in range(6):
        told.append(sweep(world.engine).told)
        world.clock.pass_time(days=1)
    assert (reminded, told) == (1, [0, 0, 0, 0, 0, 1])


def test_a_stop_that_a_late_sweep_finds_began_when_it_should_have(world: World) -> None:
    ref = under_review(world)
    due, now = newest(world).due_at, world.engine.now()
    assert due is not None
    began = now + timedelta(days=10)
    world.clock.pass_time(days=90)
    with world.engine.transaction() as session:
        case = unit_of_work.lock_case(session, ref)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, world.engine.now())

        closure.leave(work, "suspended", began)

        progress.enter(work, "suspended", effective_at=began)
        work.close()
    carry_out(world, ref, "resumption")

    assert newest(world).due_at == due + (world.engine.now() - began)


@pytest.mark.parametrize("seed", range(3))
def test_however_often_it_is_stopped_it_lapses_after_thirty_days_of_running(
    world: World, seed: int
) -> None:
    ref, opened = consulted(world)[0], world.engine.now()
    chance, running, stopped = random.Random(seed), timedelta(), False
    while True:
        span = timedelta(hours=chance.randint(1, 200))
        last = timedelta(days=30) - running
        if not stopped and span > last:
            break
        world.clock.at += span
        running += timedelta() if stopped else span
        if chance.random() < 0.5:
            sweep(world.another_engine())
        by_hand(world, ref, stop=not stopped)
        stopped = not stopped
    world.clock.at += last
    at_the_end = sweep(world.engine).settled, world.state(ref)
    due = world.engine.now()
    world.clock.pass_time(days=chance.randint(1, 50))

    sweep(world.engine)

    assert at_the_end == (0, "consultation")
    assert newest(world, "consultation").effective_at == due
    assert due - opened >= timedelta(days=30)
