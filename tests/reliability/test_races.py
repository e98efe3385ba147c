"""Two last sign-offs at once: both count, one moves the case, nobody gets an error.

The naive variant, which looks first and writes afterwards, stands beside and is shown to leave the
programme standing for ever although everybody approved.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

from sqlalchemy import func, insert, select, update

from tests.support.world import World
from tests.workflow.engine.test_commands import trail
from workflow.engine import commands, progress, rules, sittings
from workflow.engine.decisions import Decision
from workflow.engine.engine import Engine
from workflow.engine.filing import open_ledger
from workflow.engine.receipts import Receipt
from workflow.engine.records import LifecycleCase, Seat, SignOff
from workflow.errors import Refusal, Stale

RACES = int(os.environ.get("PRIMEMOVER_RACES", "8"))
LAST_TWO = ("carla.duarte", "sipho.dlamini")


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """The results of all acts, begun at the same moment; a refusal counts as a result."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(begin, act) for act in acts]]


def before_the_last_two(world: World) -> str:
    """A programme that one of three Board seats has approved."""
    ref = world.programme("decision")
    world.answer(ref, "decision", "arjun.mehta", "approve")
    return ref


def approval(world: World, engine: Engine, ref: str, who: str) -> Callable[[], Receipt]:
    """An approval ready to be sent from a page opened now."""
    person = world.person(who)
    decision = Decision(
        ref,
        "decision",
        "approve",
        world.version(ref),
        uuid4().hex,
        world.seat(ref, "decision", person),
    )
    return lambda: commands.sign(engine, person, decision)


def test_two_last_approvers_both_count_and_one_moves_the_case(world: World) -> None:
    engines = [world.another_engine() for _ in LAST_TWO]
    outcomes = []
    for _ in range(RACES):
        ref = before_the_last_two(world)
        acts = [
            approval(world, engine, ref, who) for engine, who in zip(engines, LAST_TWO, strict=True)
        ]

        receipts = at_once(acts)

        assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts
        outcomes.append(sorted(r.outcome for r in receipts if isinstance(r, Receipt)))
        assert world.state(ref) == "signature"
        assert (
            trail(world, ref).count("state.entered")
            == trail(world, before_the_last_two(world)).count("state.entered") + 1
        )
    assert outcomes == [["", "approve"]] * RACES


def test_looking_first_and_writing_afterwards_loses_the_decision(world: World) -> None:
    world.honest = False
    ref = before_the_last_two(world)
    engines = [world.another_engine() for _ in LAST_TWO]
    both_looked = Barrier(2)

    def naive(engine: Engine, who: str) -> None:
        person = world.person(who)
        seat = world.seat(ref, "decision", person)
        with engine.reading() as session:
            case_id = session.scalars(
                select(LifecycleCase.id).where(LifecycleCase.ref == ref)
            ).one()
            sitting = sittings.latest(session, case_id, "decision")
        assert sitting is not None
        assert seat is not None
        seen = {**sitting.answers(), seat: rules.Answer(seat, person, "approve")}
        both_looked.wait()
        with engine.transaction() as session:
            ledger = open_ledger(engine, session, person, ref)
            spec = ledger.definition.rounds["decision"]
            session.execute(
                insert(SignOff).values(
                    case_id=case_id,
                    round_id=sitting.id,
                    seat_id=seat,
                    turn=1,
                    person_id=person,
                    verdict="approve",
                    reason="",
                    answers={},
                    content_digest=sitting.content_digest,
                    at=engine.now(),
                    event_seq=0,
                    event_hash=b"0" * 32,
                )
            )
            session.execute(update(Seat).where(Seat.id == seat).values(status="answered"))
            reading = rules.read(spec.rule, sitting.places(), seen)
            if reading.outcome:
                progress.settle(ledger, spec, sitting, reading)
                ledger.close()

    at_once([partial(naive, e, w) for e, w in zip(engines, LAST_TWO, strict=True)])

    assert world.state(ref) == "decision"
    with world.engine.reading() as session:
        approved = session.scalar(
            select(func.count())
            .select_from(SignOff)
            .where(SignOff.verdict == "approve", SignOff.standing)
        )
    assert approved == 3


def test_one_form_sent_twenty_times_at_once_is_one_sign_off(world: World) -> None:
    ref = before_the_last_two(world)
    engine = world.another_engine()
    send = approval(world, engine, ref, "carla.duarte")

    receipts = at_once([send] * 20)

    assert len({r.hash for r in receipts if isinstance(r, Receipt)}) == 1
    assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts


def test_approval_against_withdrawal_has_one_winner(world: World) -> None:
    engines = [world.another_engine() for _ in range(2)]
    for _ in range(RACES):
        ref = before_the_last_two(world)
        world.answer(ref, "decision", "carla.duarte", "approve")
        joao = world.person("joao.lima")
        wish = Decision(
            ref,
            "withdrawal",
            "withdraw",
            world.version(ref),
            uuid4().hex,
            reason="The ministry changed course.",
        )
        approve = approval(world, engines[0], ref, "sipho.dlamini")

        withdraw = partial(commands.sign, engines[1], joao, wish)

        results = at_once([approve, withdraw])

        assert [type(result) for result in results].count(Stale) == 1, results
        assert world.state(ref) in ("signature", "withdrawn")
