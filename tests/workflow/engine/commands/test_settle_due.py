"""Deadlines: silence settled, timers answered, and lateness without effect on effective time."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.engine.commands.test_sign import decision, rows, trail
from workflow.demo import suspensions
from workflow.engine import commands
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.models import Round, SignOff
from workflow.errors import Refusal


def settled(world: World, key: str) -> Round:
    """The newest opening of a round."""
    with world.engine.reading() as session:
        return session.scalars(
            select(Round).where(Round.key == key).order_by(Round.turn.desc()).limit(1)
        ).one()


def test_nothing_happens_before_the_time_is_up(world: World) -> None:
    ref = world.programme("consultation")
    before = rows(world)

    moved = sweep(world.engine)

    assert moved == Swept()
    assert rows(world) == before
    assert world.state(ref) == "consultation"


def test_the_deadline_settles_a_consultation_with_those_who_answered(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "lead")
    world.answer(ref, "consultation", "somchai.chaiyasit", "lead")
    world.clock.pass_time(days=31)

    moved = sweep(world.engine)

    assert moved == Swept(settled=1)
    assert world.state(ref) == "lead_group"


def test_the_deadline_is_the_effective_time_however_late_the_sweep(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "consultation", who, "lead")
    world.clock.pass_time(days=45)

    sweep(world.engine)

    consultation = settled(world, "consultation")
    assert consultation.effective_at == consultation.due_at
    assert consultation.settled_at == world.engine.now()
    assert world.state(ref) == "lead_group"


def test_without_a_quorum_the_consultation_fails(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "support")
    world.clock.pass_time(days=31)

    sweep(world.engine)

    assert world.state(ref) == "returned"


def test_an_objection_that_stands_at_the_deadline_fails_the_consultation(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("priya.menon", "somchai.chaiyasit", "aisyah.rahman"):
        world.answer(ref, "consultation", who, "lead")
    world.answer(ref, "consultation", "paulo.sa", "objection", "The area is covered already.")
    world.clock.pass_time(days=31)

    sweep(world.engine)

    assert world.state(ref) == "returned"


def test_a_returned_proposal_lapses_by_the_timers_own_answer(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "The letter is missing.")
    world.clock.pass_time(days=61)

    sweep(world.engine)

    assert world.state(ref) == "withdrawn"
    with world.engine.reading() as session:
        answer = session.scalars(select(SignOff).where(SignOff.verdict == "lapse")).one()
    assert answer.person_id is None


def test_a_second_sweep_finds_nothing_left(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "The letter is missing.")
    world.clock.pass_time(days=61)
    sweep(world.engine)
    before = trail(world, ref)

    moved = sweep(world.another_engine())

    assert moved == Swept()
    assert trail(world, ref) == before


def test_lateness_without_a_rule_for_it_moves_nothing(world: World) -> None:
    ref = world.programme("screening")
    world.clock.pass_time(days=200)

    sweep(world.engine)

    assert world.state(ref) == "screening"
    assert settled(world, "screening").due_at < world.engine.now() - timedelta(days=100)


def test_an_answer_after_the_deadline_finds_the_round_settled(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "consultation", who, "lead")
    late = decision(world, ref, "consultation", "objection", reason="Too late.")
    world.clock.pass_time(days=31)

    with pytest.raises(Refusal):
        commands.sign(world.engine, world.person("paulo.sa"), late)

    assert world.state(ref) == "lead_group"


def test_a_director_who_decides_after_the_hearing_ended_need_not_wait(world: World) -> None:
    ref = world.programme("active")
    suspensions.propose(world, ref, "suspension", "Floods.")
    world.clock.pass_time(days=15)

    suspensions.decide(world, ref, "suspension", "Until the road is dry.")

    assert world.state(ref) == "suspended"


def test_a_case_that_cannot_be_read_keeps_no_other_from_its_deadline(world: World) -> None:
    broken, sound = world.programme("consultation"), world.programme("consultation")
    world.clock.pass_time(days=31)
    world.honest = False
    with world.engine.transaction() as session:
        first = select(Round.id).where(Round.key == "consultation").order_by(Round.id).limit(1)
        round_id = session.scalars(first).one()
        session.execute(update(Round).where(Round.id == round_id).values(key="nowhere"))

    with pytest.raises(KeyError, match="nowhere"):
        sweep(world.engine)

    assert world.state(broken) == "consultation"
    with world.engine.reading() as session:
        statuses = session.scalars(select(Round.status).where(Round.key == "consultation")).all()
    assert statuses == ["settled"]
    assert world.state(sound) != "consultation"
