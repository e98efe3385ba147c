"""Earmarks, conditions and payments as tests agree on them."""

from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import OFFICER
from workflow.engine.models import LifecycleCase
from workflow.ledger.promise_acts.earmark import (
    EarmarkMoney,
    MeetCondition,
    earmark_money,
    meet_condition,
)
from workflow.ledger.promise_acts.payment import (
    ExpectPayment,
    WithdrawPayment,
    expect_payment,
    withdraw_payment,
)
from workflow.ledger.promises.payments import ExpectedPayment, payments


def earmarked(
    world: World, ref: str, *, who: str = OFFICER, source: str = "ind", **more: str
) -> int:
    """An earmark recorded; returns its number."""
    command = EarmarkMoney(ref, source, world.version(ref), uuid4().hex, **more)
    return int(earmark_money(world.engine, world.person(who), command).content)


def met(
    world: World,
    ref: str,
    earmark: int,
    *,
    on: date | None = None,
    why: str = "Accepted.",
    who: str = OFFICER,
) -> None:
    """The condition of an earmark recorded as met, today unless said."""
    day = on or world.clock.at.date()
    command = MeetCondition(ref, earmark, day, world.version(ref), uuid4().hex, why)
    meet_condition(world.engine, world.person(who), command)


def expected(
    world: World, ref: str, amount: str, days: int, *, who: str = OFFICER, source: str = "ind",
    currency: str = "USD", **more: object,
) -> int:  # fmt: skip
    """A payment expected in so many days; returns its number."""
    due = world.clock.at.date() + timedelta(days=days)
    version = world.version(ref)
    command = ExpectPayment(
        ref, source, currency, amount, due, version, uuid4().hex,
        **more,  # type: ignore[arg-type] # as the test names them
    )  # fmt: skip
    return int(expect_payment(world.engine, world.person(who), command).content)


def withdrawn(
    world: World, ref: str, payment: int, *, why: str = "Put off.", who: str = OFFICER
) -> None:
    """A payment expected no more."""
    command = WithdrawPayment(ref, payment, world.version(ref), uuid4().hex, why)
    withdraw_payment(world.engine, world.person(who), command)


def kept_payments(world: World, ref: str) -> tuple[ExpectedPayment, ...]:
    """The payments of a programme as they are kept."""
    with world.engine.reading() as session:
        number = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
        return payments(session, number or 0)
