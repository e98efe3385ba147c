"""A prepared case with an engine for each of two people, and answers ready to be sent on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Self
from uuid import uuid4

from sqlalchemy import func, select

from tests.reliability.interleaving import Act, Stoppable
from tests.support.world import World
from workflow.engine import commands
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, SignOff
from workflow.engine.rounds.decision import Decision

LAST, DELEGATE = "sipho.dlamini", "thandi.nkosi"


@dataclass(frozen=True, slots=True)
class Field:
    """One prepared case, and an engine of its own for each of the two."""

    world: World
    ref: str
    one: Stoppable
    other: Stoppable

    @classmethod
    def of(cls, world: World, ref: str) -> Self:
        """The case `ref` with two engines for it."""
        return cls(world, ref, world.add(Stoppable), world.add(Stoppable))

    @classmethod
    def again(cls, before: Self | None, world: World, ref: str) -> Self:
        """The next case, with the engines of the one before where it is of the same copy."""
        if before is None or before.world is not world:
            return cls.of(world, ref)
        return replace(before, ref=ref)

    @property
    def seen(self) -> int:
        """The version that a page opened now shows."""
        return self.world.version(self.ref)


def answering(field: Field, round_key: str, who: str, verdict: str) -> Act:
    """A verdict ready to be sent from a page opened now."""
    person = field.world.person(who)
    holder = field.world.person(LAST) if who == DELEGATE else person
    seat = field.world.seat(field.ref, round_key, holder)
    wish = Decision(
        field.ref, round_key, verdict, field.seen, uuid4().hex, seat, reason="Because of the road."
    )
    return partial(commands.sign, field.one, person, wish)


def approving(field: Field, engine: Engine, who: str, key: str = "") -> Callable[[], Receipt]:
    """The approval of a member of the Board, through `engine`."""
    person = field.world.person(who)
    seat = field.world.seat(field.ref, "decision", person)
    wish = Decision(field.ref, "decision", "approve", field.seen, key or uuid4().hex, seat)
    return partial(commands.sign, engine, person, wish)


def answers(world: World, ref: str, key: str) -> int:
    """How many answers stand in the round `key` of a case."""
    counted = (
        select(func.count(SignOff.id))
        .join(Round, Round.id == SignOff.round_id)
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key, SignOff.standing)
    )
    with world.engine.reading() as session:
        return session.scalar(counted) or 0
