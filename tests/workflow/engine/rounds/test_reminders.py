"""Reminders and escalations: rows laid with a round, worked off once, gone when it is settled."""

from datetime import timedelta

from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.notices.test_outbox import told
from workflow.engine import round_state, unit_of_work
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Deadline, Round
from workflow.engine.rounds import due_time
from workflow.engine.unit_of_work import UnitOfWork

CONSULTATION = "Consultation of pivotal countries"
SCREENING = "screening"


def waiting(world: World, key: str) -> list[tuple[str, int]]:
    """What is still to come of a round: the kind, and the days from opening."""
    query = (
        select(Deadline.kind, Deadline.at, Round.opened_at)
        .join(Round, Round.id == Deadline.round_id)
        .where(Round.key == key, Deadline.done_at.is_(None))
        .order_by(Deadline.at)
    )
    with world.engine.reading() as session:
        return [(kind, (at - opened).days) for kind, at, opened in session.execute(query)]


def done(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).where(Deadline.done_at.is_not(None))) or 0


def test_a_round_lays_its_reminders_when_it_opens(world: World) -> None:
    world.programme("consultation")

    assert waiting(world, "consultation") == [("reminder", 23), ("reminder", 29)]


def test_nobody_is_reminded_before_it_is_time(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=22)

    assert sweep(world.engine).told == 0
    assert told(world, ref, "reminder") == set()


def test_those_who_still_owe_an_answer_are_reminded(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "support")
    world.clock.pass_time(days=24)

    sweep(world.engine)

    reminded = {who for who, _, _ in told(world, ref, "reminder", CONSULTATION)}
    assert "somchai.chaiyasit" in reminded
    assert "priya.menon" not in reminded


def test_a_reminder_swept_twice_is_given_once(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=24)

    first, second = sweep(world.engine), sweep(world.another_engine())

    assert (first.told, second.told) == (1, 0)
    assert done(world) == 1
    assert len(told(world, ref, "reminder")) > 0


def test_a_settled_round_reminds_nobody_any_more(world: World) -> None:
    world.programme("lead_group")

    assert waiting(world, "consultation") == []


def test_lateness_is_told_to_whom_the_definition_names(world: World) -> None:
    ref = world.programme("screening")
    with world.engine.reading() as session:
        due = session.scalars(select(Round.due_at).where(Round.key == SCREENING)).one()
    assert due is not None
    world.clock.at = due
    world.clock.pass_time(days=2)

    sweep(world.engine)

    heard = told(world, ref, "escalation")
    assert {(because, role) for _, because, role in heard} == {("watches", "Director")}


def test_more_time_moves_what_is_still_to_come(world: World) -> None:
    ref = world.programme("consultation")
    with world.engine.transaction() as session:
        case = unit_of_work.lock_case(session, ref)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, world.engine.now())
        opened = session.scalars(select(Round).where(Round.key == "consultation")).one()
        assert opened.due_at is not None

        ends = opened.due_at, opened.due_at + timedelta(days=10)
        sits = round_state.by_id(session, opened.id)
        due_time.move(work, definition.rounds["consultation"], sits, ends)
        work.close()

    assert waiting(world, "consultation") == [("reminder", 33), ("reminder", 39)]


def test_a_case_that_somebody_holds_is_left_to_them(postgresql_house_url: str) -> None:
    world = World(postgresql_house_url)
    ref = world.programme("consultation")
    world.clock.pass_time(days=24)

    with world.another_engine().transaction() as session:
        unit_of_work.lock_case(session, ref)
        while_held = sweep(world.engine)

    assert (while_held.told, sweep(world.engine).told) == (0, 1)
    world.close()
