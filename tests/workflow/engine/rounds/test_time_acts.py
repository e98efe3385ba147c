"""When time acts on a round: never where nothing happens, and never too late where something does."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from benchmarks.cloning import Cloner
from tests.support.acting import astray
from tests.support.statements import asked
from tests.support.world import World
from workflow.engine import commands
from workflow.engine.commands import OpenRound, RecuseSeat, extend
from workflow.engine.commands.extend import ExtendRound
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.models import Round, Seat
from workflow.engine.rounds.decision import Decision
from workflow.engine.rounds.time_acts import INSTANT, acts_at
from workflow.errors import Refusal, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Appointment
from workflow.phrase import phrase

DUE = datetime(2026, 4, 1, 12, tzinfo=UTC)
EARLIER, LATER = DUE - timedelta(days=7), DUE + timedelta(days=1)
STEPS = 25
OPENED = (
    ("suspension", "elena.petrova"), ("resumption", "elena.petrova"),
    ("decision_by_silence", "arjun.mehta"),
)  # fmt: skip
LIFECYCLE = Path("config/lifecycles/programme-standard.toml")


@pytest.fixture(scope="module")
def rounds() -> dict[str, RoundSpec]:
    return dict(load_file(LIFECYCLE).rounds)


def test_an_end_that_settles_acts_in_the_instant_after_it(rounds: dict[str, RoundSpec]) -> None:
    assert acts_at(rounds["consultation"], DUE, ()) == DUE + INSTANT


def test_an_end_that_settles_nothing_does_not_act(rounds: dict[str, RoundSpec]) -> None:
    assert acts_at(rounds["screening"], DUE, ()) is None


def test_no_end_does_not_act(rounds: dict[str, RoundSpec]) -> None:
    assert acts_at(rounds["consultation"], None, (None, None)) is None


def test_the_earliest_of_several_instants_counts(rounds: dict[str, RoundSpec]) -> None:
    found = acts_at(rounds["consultation"], DUE, (LATER, None, EARLIER))

    assert found == EARLIER


def test_an_end_acts_once(rounds: dict[str, RoundSpec]) -> None:
    spec = rounds["consultation"]

    assert acts_at(spec, DUE, (LATER,), acted=DUE) == DUE + INSTANT
    assert acts_at(spec, DUE, (LATER,), acted=DUE + INSTANT) == LATER


# The same of rounds in a database, after whatever happened to them.


class Wanderer:
    """Somebody who does with one programme whatever comes to mind; refusals are as good as acts."""

    def __init__(self, world: World, state: str, chance: random.Random) -> None:
        self.world, self.ref, self.chance = world, world.programme(state), chance
        self.rounds = load_file(LIFECYCLE).rounds

    def step(self) -> None:
        acts: tuple[Callable[[], object], ...] = (
            self._answer, self._answer, self._open, self._extend, self._recuse, self._sweep,
            self._wait, self._wait,
        )  # fmt: skip
        with suppress(Refusal):
            self.chance.choice(acts)()

    def _seat(self) -> tuple[str, int, int]:
        """Any seat that asks somebody: its round, its number, and who holds its office."""
        asked = (
            select(Round.key, Seat.id, Appointment.person_id)
            .join_from(Seat, Round, Round.id == Seat.round_id)
            .join(
                Appointment,
                (Appointment.role == Seat.role) & (Appointment.party_id == Seat.party_id),
            )
            .where(Round.status == "open", Seat.status.in_(("open", "answered")))
            .order_by(Seat.id, Appointment.id)
        )
        with self.world.engine.reading() as session:
            found = session.execute(asked).all()
        if not found:
            raise RoundClosed(phrase("Nobody is asked anything."))
        key, seat, person = self.chance.choice(found)
        return key, seat, person

    def _answer(self) -> None:
        key, seat, person = self._seat()
        verdict = self.chance.choice(list(self.rounds[key].rule.verdicts))
        self.world.declare(self.ref, key, person, seat)
        said = Decision(
            self.ref, key, verdict, self.world.version(self.ref), uuid4().hex, seat, "Because."
        )
        commands.sign(self.world.engine, person, said)

    def _recuse(self) -> None:
        key, seat, person = self._seat()
        version = self.world.version(self.ref)
        wish = RecuseSeat(self.ref, key, seat, "A cousin.", version, uuid4().hex)
        commands.recuse(self.world.engine, person, wish)

    def _open(self) -> None:
        key, who = self.chance.choice(OPENED)
        wish = OpenRound(self.ref, key, "Floods.", self.world.version(self.ref), uuid4().hex)
        commands.initiate(self.world.engine, self.world.person(who), wish)

    def _extend(self) -> None:
        key, _, _ = self._seat()
        wish = ExtendRound(self.ref, key, "More time.", self.world.version(self.ref), uuid4().hex)
        who = self.world.person(self.chance.choice(("elena.petrova", "jane.okello")))
        extend.extend(self.world.engine, who, wish)

    def _sweep(self) -> None:
        sweep(self.world.engine)

    def _wait(self) -> None:
        self.world.clock.pass_time(hours=self.chance.choice((1, 30, 24 * 6, 24 * 25)))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("state", ["consultation", "decision", "active"])
def test_after_any_walk_of_commands_time_acts_when_it_should(
    world: World, state: str, seed: int
) -> None:
    wanderer = Wanderer(world, state, random.Random(seed))

    for _ in range(STEPS):
        wanderer.step()

        assert astray(world.engine) == []


def test_a_round_that_is_over_is_acted_on_no_more(world: World) -> None:
    world.programme("lead_group")

    with world.engine.reading() as session:
        over = session.scalars(select(Round.acts_at).where(Round.status != "open")).all()

    assert over
    assert set(over) == {None}


def overdue(world: World, count: int) -> None:
    """So many openings of a round that is late by half a year, and of which everybody was told."""
    world.programme("screening")
    world.clock.pass_time(days=200)
    sweep(world.engine)
    table = Round.__table__
    with world.engine.transaction() as session:
        row = dict(
            session.execute(select(table).where(table.c.key == "screening")).mappings().one()
        )
        del row["id"]
        session.execute(insert(table), [{**row, "turn": 2 + turn} for turn in range(count)])
    world.honest = False


def test_ten_thousand_late_rounds_with_nothing_to_do_cost_one_look(world: World) -> None:
    overdue(world, 10_000)

    with asked(world.engine.database) as found:
        done = sweep(world.engine)

    assert done == Swept()
    assert (len(found.writings), len(found.transactions)) == (0, 1)


def test_each_deadline_more_costs_as_much_as_the_one_before(world: World) -> None:
    ref = world.programme("consultation")
    with world.engine.database.begin() as connection:
        Cloner(connection, ref).clone(f"LATE-{number}" for number in range(9))
    world.clock.pass_time(days=31)
    # What a process asks once is asked before.
    first = sweep_some(world, 1)

    one, eight = sweep_some(world, 1), sweep_some(world, 8)

    assert first[0] == one[0] == Swept(settled=1)
    assert eight == (Swept(settled=8), 8 * one[1], 8 * one[2])


def sweep_some(world: World, count: int) -> tuple[Swept, int, int]:
    """What a sweep of so many rounds did, in how many transactions and statements that may write."""
    waiting = select(Round.id).where(Round.acts_at <= world.clock.at).order_by(Round.id)
    with world.engine.transaction() as session:
        left = list(session.scalars(waiting))[count:]
        session.execute(
            update(Round).where(Round.id.in_(left)).values(acts_at=world.clock.at + INSTANT)
        )
    with asked(world.engine.database) as found:
        done = sweep(world.engine)
    with world.engine.transaction() as session:
        session.execute(update(Round).where(Round.id.in_(left)).values(acts_at=Round.due_at))
    return done, len(found.writings), sum(len(each.statements) for each in found.writings)
