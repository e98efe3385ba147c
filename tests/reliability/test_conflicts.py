"""Pairs of acts that cannot both win: each race ends as one of the two serial orders would.

`PRIMEMOVER_RACES` says how many races each pair runs on each database.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.reliability.test_races import RACES, approval, at_once, before_the_last_two
from tests.support.world import NURSES, World
from tests.workflow.engine.test_commands import trail
from workflow.engine import commands, deadlines
from workflow.engine.commands import Recusal
from workflow.engine.decisions import Decision
from workflow.engine.engine import Engine
from workflow.engine.filing import Filing
from workflow.engine.receipts import Receipt
from workflow.engine.records import LifecycleCase, Round, SignOff
from workflow.errors import NotAuthorised, RoundClosed, Stale
from workflow.people.commands import appoint, end_appointment
from workflow.people.records import Appointment
from workflow.programmes import commands as programmes

LAST = "sipho.dlamini"


def one_seat_left(world: World) -> str:
    """A programme before the Board that lacks one approval."""
    ref = before_the_last_two(world)
    world.answer(ref, "decision", "carla.duarte", "approve")
    return ref


def answers(world: World, ref: str, key: str) -> int:
    """How many answers stand in the newest round `key` of a case."""
    counted = (
        select(func.count(SignOff.id))
        .join(Round, Round.id == SignOff.round_id)
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key, SignOff.standing)
    )
    with world.engine.reading() as session:
        return session.scalar(counted) or 0


def signing(
    world: World, engine: Engine, ref: str, key: str, who: str, verdict: str
) -> Callable[[], Receipt]:
    """A verdict ready to be sent from a page opened now."""
    person = world.person(who)
    seat = world.seat(ref, key, person)
    decision = Decision(ref, key, verdict, world.version(ref), uuid4().hex, seat)
    return lambda: commands.sign(engine, person, decision)


def test_an_endorsement_against_a_new_text_never_covers_what_was_not_read(world: World) -> None:
    engines = [world.another_engine() for _ in range(2)]
    text = NURSES.texts["project_document"]
    for number in range(RACES):
        ref = world.programme("formulation")
        world.file(ref, "project_document", "kenji.watanabe", text)
        world.answer(ref, "presentation", "kenji.watanabe", "present")
        endorse = signing(world, engines[0], ref, "endorsement", "graca.mabunda", "endorse")
        newer = Filing(ref, "project_document", {**text, "strategy": f"Plan {number}."}, 1)
        edit = partial(programmes.save, engines[1], world.person("kenji.watanabe"), newer)

        endorsed, edited = at_once([endorse, edit])

        assert edited == 2
        assert isinstance(endorsed, Receipt | Stale), endorsed
        assert answers(world, ref, "endorsement") == 0
        voided = trail(world, ref).count("signoff.voided")
        # The agency's own signature on the text is void in any case.
        assert voided == 1 + isinstance(endorsed, Receipt)


def test_an_approval_against_the_end_of_the_appointment_counts_whole_or_not_at_all(
    world: World,
) -> None:
    engines = [world.another_engine() for _ in range(2)]
    sipho = world.person(LAST)
    for _ in range(RACES):
        ref = one_seat_left(world)
        approve = approval(world, engines[0], ref, LAST)
        yesterday = world.engine.now().date() - timedelta(days=1)
        with world.engine.reading() as session:
            held = session.scalars(
                select(Appointment).where(
                    Appointment.person_id == sipho,
                    Appointment.role == "board_member",
                    Appointment.ends_on.is_(None),
                )
            ).one()

        def revoke(held: Appointment = held, yesterday: date = yesterday) -> None:
            with engines[1].transaction() as session:
                now = engines[1].now()
                end_appointment(session, held.id, yesterday, by=None, now=now)

        approved, revoked = at_once([approve, revoke])

        assert revoked is None
        assert isinstance(approved, Receipt | NotAuthorised), approved
        won = isinstance(approved, Receipt)
        assert world.state(ref) == ("signature" if won else "decision")
        assert answers(world, ref, "decision") == (3 if won else 2)
        with world.engine.transaction() as session:
            now = world.engine.now()
            appoint(session, sipho, held.role, held.party_id, now.date(), by=None, now=now)


def test_an_answer_against_the_deadline_is_in_time_or_refused(world: World) -> None:
    engines = [world.another_engine() for _ in range(2)]
    for _ in range(RACES):
        ref = world.programme("consultation")
        for who, verdict in (("paulo.sa", "support"), ("aisyah.rahman", "support")):
            world.answer(ref, "consultation", who, verdict)
        answer = signing(world, engines[0], ref, "consultation", "priya.menon", "lead")
        before = answers(world, ref, "consultation")
        due = world.clock.at + timedelta(days=40)

        def expire(due: Any = due) -> int:
            world.clock.at = due
            return deadlines.sweep(engines[1])

        answered, swept = at_once([answer, expire])

        assert isinstance(swept, int), swept
        assert isinstance(answered, Receipt | RoundClosed | Stale), answered
        won = isinstance(answered, Receipt)
        assert answers(world, ref, "consultation") == before + won
        assert trail(world, ref).count("round.settled") == settled_rounds(world, ref)
        assert world.state(ref) != "consultation"


def settled_rounds(world: World, ref: str) -> int:
    """How many rounds of a case are settled."""
    counted = (
        select(func.count(Round.id))
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.status == "settled")
    )
    with world.engine.reading() as session:
        return session.scalar(counted) or 0


def test_an_approval_against_stepping_back_from_the_same_seat_has_one_winner(world: World) -> None:
    engines = [world.another_engine() for _ in range(2)]
    sipho = world.person(LAST)
    for _ in range(RACES):
        ref = one_seat_left(world)
        approve = approval(world, engines[0], ref, LAST)
        seat = world.seat(ref, "decision", sipho) or 0
        wish = Recusal(
            ref, "decision", seat, "My bank lends to it.", world.version(ref), uuid4().hex
        )

        results = at_once([approve, partial(commands.recuse, engines[1], sipho, wish)])

        assert [type(result) for result in results].count(Receipt) == 1, results
        refused = next(result for result in results if not isinstance(result, Receipt))
        assert isinstance(refused, Stale | RoundClosed)
        assert answers(world, ref, "decision") == (3 if isinstance(results[0], Receipt) else 2)


def test_stepping_back_from_a_page_opened_before_the_approval_is_refused(world: World) -> None:
    ref = one_seat_left(world)
    sipho, seen = world.person(LAST), world.version(ref)
    seat = world.seat(ref, "decision", sipho) or 0
    approval(world, world.engine, ref, LAST)()
    wish = Recusal(ref, "decision", seat, "My bank lends to it.", seen, uuid4().hex)

    with pytest.raises((Stale, RoundClosed)):
        commands.recuse(world.engine, sipho, wish)

    assert trail(world, ref).count("seat.recused") == 0


def test_a_retry_after_a_cut_connection_is_recorded_once(world: World) -> None:
    for _ in range(RACES):
        ref = one_seat_left(world)
        engine = world.another_engine()
        send = approval(world, engine, ref, LAST)
        given = trail(world, ref).count("signoff.given")
        # The answer is written, and the connection that should have told of it is gone.
        lost = send()
        engine.database.dispose()

        again = at_once([send, send])

        assert again == [lost, lost]
        assert trail(world, ref).count("signoff.given") == given + 1


def test_a_key_reused_for_another_case_while_the_first_runs_has_one_owner(world: World) -> None:
    engines = [world.another_engine() for _ in range(2)]
    sipho = world.person(LAST)
    for _ in range(RACES):
        refs, key = [one_seat_left(world) for _ in range(2)], uuid4().hex
        acts = []
        for engine, ref in zip(engines, refs, strict=True):
            seat = world.seat(ref, "decision", sipho)
            wish = Decision(ref, "decision", "approve", world.version(ref), key, seat)
            acts.append(partial(commands.sign, engine, sipho, wish))

        results = at_once(acts)

        assert [type(result) for result in results].count(Receipt) == 1, results
        assert sorted(world.state(ref) for ref in refs) == ["decision", "signature"]
