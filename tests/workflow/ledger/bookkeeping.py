"""Acts on money as tests do them: the rates of a month, and who records and certifies."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

from tests.support.world import NURSES
from workflow.demo.play import Play
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.certify import CertifyMovement, certify
from workflow.ledger.rate_files import enter_rates
from workflow.ledger.record import CorrectMovement, RecordMovement, correct, record
from workflow.ledger.wishes import MovementWish

OFFICER, HEAD, FINANCE, MANAGER = "jane.okello", "elena.petrova", "tom.becker", "beatriz.costa"
# The same programme, of which the accounts are certified while money is open.
UNSETTLED = replace(NURSES, unsettled="The statement is corrected in the year after.")


def wished(  # one argument for each column of a wish
    world: Play,
    act: MoneyAct,
    amount: str,
    *,
    source: str = "ind",
    currency: str = "USD",
    on: date | None = None,
    **more: object,
) -> MovementWish:
    """What a form asks to record, of today unless said."""
    return MovementWish(
        act=act, on=on or world.clock.at.date(), source=source, currency=currency, amount=amount,
        **more,  # type: ignore[arg-type] # as the test names them
    )  # fmt: skip


def recorded(
    world: Play, ref: str, act: MoneyAct, amount: str, *, who: str = OFFICER, **more: object
) -> Receipt:
    """One movement recorded, of today unless said."""
    wish = wished(world, act, amount, **more)  # type: ignore[arg-type]
    command = RecordMovement(ref, wish, world.version(ref), uuid4().hex, "As agreed.")
    return record(world.engine, world.person(who), command)


def decided(
    world: Play, ref: str, movement: int, *, who: str = FINANCE, yes: bool = True, why: str = ""
) -> Receipt:
    """One movement certified, or declined."""
    version = world.version(ref)
    command = CertifyMovement(ref, movement, yes, version, uuid4().hex, why)
    return certify(world.engine, world.person(who), command)


def taken_back(
    world: Play,
    ref: str,
    movement: int,
    *,
    who: str = OFFICER,
    why: str = "Typed twice.",
    engine: Engine | None = None,
) -> Receipt:
    """One movement corrected as of today, by the engine of the world unless another is named."""
    on = world.clock.at.date()
    command = CorrectMovement(ref, movement, on, world.version(ref), uuid4().hex, why)
    return correct(engine or world.engine, world.person(who), command)


def counts(world: Play, ref: str, act: MoneyAct, amount: str, **more: object) -> int:
    """A movement recorded and certified; returns its number."""
    number = int(recorded(world, ref, act, amount, **more).content)  # type: ignore[arg-type]
    decided(world, ref, number)
    return number


def rates(world: Play) -> None:
    """Rates of two currencies for the month in which the clock stands."""
    first = world.clock.at.date().replace(day=1)
    enter_rates(
        world.engine,
        world.person(FINANCE),
        f"date,currency,units_per_usd\n{first},EUR,0.92\n{first},JPY,150.25\n",
    )
