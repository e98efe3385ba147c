"""Money that two people decide on at the same moment, or while the machine dies: it counts once, or not at all."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from uuid import uuid4

import pytest

from tests.reliability.dying import AFTER_THE_COMMIT, POINTS
from tests.reliability.interleaving import Act, at_once
from tests.support.programs import module
from tests.support.sizes import sized
from tests.support.world import World
from tests.workflow.ledger.bookkeeping import (
    FINANCE,
    HEAD,
    OFFICER,
    counts,
    recorded,
    taken_back,
    wished,
)
from tests.workflow.ledger.test_record import kept
from workflow.audit.verification.verify import verify
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.certify import CertifyMovement, certify
from workflow.ledger.record import RecordMovement, record

# Each is tried on one of the two databases in every run, and on both in a long proof.
pytestmark = pytest.mark.proof(either=True)
TIMES, PAYMENTS = sized(4, 40), sized(4, 24)
Command = RecordMovement | CertifyMovement


def payment(world: World, ref: str, amount: str = "60") -> RecordMovement:
    """What an officer sends to record that money came, from a page that is opened now."""
    wish = wished(world, MoneyAct.RECEIPT, amount)
    return RecordMovement(ref, wish, world.version(ref), uuid4().hex, "As agreed.")


def certification(world: World, ref: str, movement: int, *, yes: bool = True) -> CertifyMovement:
    """What somebody sends who decides on a movement, from a page that is opened now."""
    why = "" if yes else "No letter."
    return CertifyMovement(ref, movement, yes, world.version(ref), uuid4().hex, why)


def done(engine: Engine, person: int, command: Command) -> Receipt:
    """The command carried out."""
    if isinstance(command, RecordMovement):
        return record(engine, person, command)
    return certify(engine, person, command)


def outcomes(world: World, ref: str) -> list[str]:
    """What was decided on each movement of a case, in their order."""
    return [each.outcome or "" for each in kept(world, ref)]


def test_of_two_who_decide_on_a_movement_at_once_one_does_and_the_other_is_told(
    world: World,
) -> None:
    ref = world.programme("active")
    one, other = world.another_engine(), world.another_engine()
    first, second = world.person(FINANCE), world.person(HEAD)
    won: Counter[str] = Counter()
    for number in range(1, TIMES + 1):
        recorded(world, ref, MoneyAct.PLEDGE, "10", who=OFFICER)
        yes = certification(world, ref, number)
        no = certification(world, ref, number, yes=False)

        came = at_once([lambda: done(one, first, yes), lambda: done(other, second, no)])  # noqa: B023

        assert sorted(type(each).__name__ for each in came) == ["Receipt", "Stale"], came
        said = "certified" if isinstance(came[0], Receipt) else "declined"
        won[said] += 1
        assert outcomes(world, ref)[-1] == said
    print(f"Of {TIMES} races: {dict(won)}")
    assert verify(world.engine.database).sound


def test_a_payment_and_the_return_of_what_it_takes_from_never_both_count(world: World) -> None:
    one, other = world.another_engine(), world.another_engine()
    officer = world.person(OFFICER)
    for ref in world.programmes(*["active"] * PAYMENTS):
        counts(world, ref, MoneyAct.COMMITMENT, "100")
        paid = payment(world, ref)

        came = at_once([lambda: done(one, officer, paid), lambda: taken_back_by(world, other, ref)])  # noqa: B023

        assert sorted(type(each).__name__ for each in came) == ["Invalid", "Receipt"], came
        assert len(kept(world, ref)) == 2
    assert verify(world.engine.database).sound


def taken_back_by(world: World, engine: Engine, ref: str) -> Receipt:
    """The commitment of a case taken back, by an engine of its own."""
    return taken_back(world, ref, 1, engine=engine)


def test_a_movement_that_was_clicked_ten_times_is_recorded_once(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "100")
    engines = [world.another_engine() for _ in range(2)]
    officer, command = world.person(OFFICER), payment(world, ref, "5")

    def sending(engine: Engine) -> Act:
        return lambda: done(engine, officer, command)

    came = at_once([sending(engine) for engine in engines * 5])

    assert all(isinstance(each, Receipt) for each in came), came
    assert len({each.hash for each in came if isinstance(each, Receipt)}) == 1
    assert len(kept(world, ref)) == 2


def recording(world: World, ref: str) -> tuple[int, Command]:
    return world.person(OFFICER), payment(world, ref)


def certifying(world: World, ref: str) -> tuple[int, Command]:
    number = int(recorded(world, ref, MoneyAct.RECEIPT, "60").content)
    return world.person(FINANCE), certification(world, ref, number)


@pytest.mark.processes
@pytest.mark.proof(sample=2)
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("acting", [recording, certifying])
def test_a_machine_that_dies_in_mid_act_leaves_it_whole_or_undone_and_it_is_sent_again(
    world: World, acting: Callable[[World, str], tuple[int, Command]], point: str
) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "100")
    person, command = acting(world, ref)
    before = outcomes(world, ref)
    words = (world.url, world.clock().isoformat(), point, person)

    with module(
        "tests.reliability.acts.paying", *words, json.dumps(asdict(command), default=str)
    ) as dying:
        killed = dying.ended()
    left, checked = outcomes(world, ref), verify(world.engine.database)
    receipt = done(world.engine, person, command)

    assert killed == -9
    assert (left != before) is (point == AFTER_THE_COMMIT)
    assert checked.sound
    assert receipt.content == "2"
    assert outcomes(world, ref) == ["certified", "" if acting is recording else "certified"]
    assert verify(world.engine.database).sound
