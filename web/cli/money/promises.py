"""What is promised of money on the command line: earmarks, conditions that were met, payments that are expected."""

from datetime import datetime
from uuid import uuid4

import click

from web.cli.money.page import WHOSE, WHY, money_of
from web.cli.office.acts import DAY, begun_by, day_or_today
from web.cli.output import ROW_NUMBER
from workflow.ledger.currency import USD, money
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
from workflow.ledger.promises.due import due_payments
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.reported.take_over import TakeOver, offered, take_over
from workflow.programmes.visible_case import visible_case


@click.command("earmark")
@click.argument("ref")
@click.argument("source")
@click.option("--output", default="", help="The output that it is for.")
@click.option("--country", default="", help="The country that it is for, by three letters.")
@click.option("--category", default="", help="The category that it is of.")
@click.option("--condition", default="", help="What has to be met first.")
@WHY
@WHOSE
def earmark(  # noqa: PLR0913 # one argument for each option
    *, ref: str, source: str, output: str, country: str, category: str, condition: str,
    reason: str, by: str,
) -> None:  # fmt: skip
    """Record for what SOURCE lets some of its money of REF be spent, or on which condition."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    command = EarmarkMoney(
        ref, source, version, uuid4().hex, output, country, category, condition, reason
    )
    receipt = earmark_money(engine, person, command)
    click.echo(f"Earmark {receipt.content} is recorded: --earmark {receipt.content} says it.")


@click.command("met")
@click.argument("ref")
@click.argument("earmark", type=ROW_NUMBER)
@click.option("--on", "day", type=DAY, help="The day on which it was met; today without it.")
@WHY
@WHOSE
def met(*, ref: str, earmark: int, day: datetime | None, reason: str, by: str) -> None:
    """Record that the condition of EARMARK of REF was met; the reason says by whom."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    on = day_or_today(engine, day)
    command = MeetCondition(ref, earmark, on, version, uuid4().hex, reason)
    meet_condition(engine, person, command)
    click.echo(f"The condition of earmark {earmark} is met; the money may be used.")


@click.command("expect")
@click.argument("ref")
@click.argument("source")
@click.argument("currency")
@click.argument("amount")
@click.option("--due", type=DAY, required=True, help="The day on which it is due.")
@click.option("--holder", default="", help="The agency that is to be paid; without it the office.")
@click.option(
    "--earmark", type=ROW_NUMBER, default=0, help="The number of the earmark that it is of."
)
@WHY
@WHOSE
def expect(  # noqa: PLR0913 # one argument for each option
    *, ref: str, source: str, currency: str, amount: str, due: datetime, holder: str, earmark: int,
    reason: str, by: str,
) -> None:  # fmt: skip
    """Expect a payment of AMOUNT of CURRENCY of SOURCE in REF; who owes and expects it are told."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    command = ExpectPayment(
        ref, source, currency, amount, due.date(), version, uuid4().hex, holder, earmark, reason
    )
    receipt = expect_payment(engine, person, command)
    click.echo(f"Payment {receipt.content} is expected on {due.date()}.")


@click.command("withdraw")
@click.argument("ref")
@click.argument("payment", type=ROW_NUMBER)
@WHY
@WHOSE
def withdraw(*, ref: str, payment: int, reason: str, by: str) -> None:
    """Expect PAYMENT of REF no more; it needs a reason."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    withdraw_payment(engine, person, WithdrawPayment(ref, payment, version, uuid4().hex, reason))
    click.echo(f"Payment {payment} is expected no more.")


@click.command("due")
@click.option("--party", default="", help="What this party owes or expects alone.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def due(*, party: str, by: str) -> None:
    """List the payments that are late or due within a month, as far as they concern whoever looks."""
    engine, person = begun_by(by)
    today = engine.now().date()
    with engine.reading() as session:
        found = due_payments(session, person, engine.now(), party.lower())
    for each in found:
        of = each.payment
        way = f"to pay {each.names[of.holder]}" if of.holder else f"from {each.names[of.source]}"
        late = ", late" if of.late(today) else ""
        missing = money(of.missing, of.currency)
        click.echo(f"{each.ref}  {of.number}: {missing} {way}, due {of.due_on}{late}")
    if not found:
        click.echo("No payment is late or due within a month.")


@click.command("reported")
@click.argument("ref")
@click.argument("paper", required=False)
@click.option(
    "--source", default="", help="Whose money it was; that of which most is left without it."
)
@click.option("--holder", default="", help="Who spent it.")
@click.option("--amount", default="", help="How much of it; all that is missing without it.")
@WHOSE
def reported(
    *, ref: str, paper: str | None, source: str, holder: str, amount: str, by: str
) -> None:
    """List what reports of REF say was spent and the ledger lacks; with PAPER, record it of that one."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        found = offered(session, engine, visible_case(session, engine, person, ref))
    for each in found:
        if not paper:
            click.echo(f"{each.key}  {named(each.paper)}: {money(each.missing, USD)} by {each.on}")
    if not paper:
        return
    of = next((each for each in found if each.key == paper), None)
    pots = of.pots if of else ()
    pot = next((p for p in pots if source in {"", p.source} and holder in {"", p.holder}), None)
    version = money_of(engine, person, ref).case.version
    command = TakeOver(
        ref, paper, pot.source if pot else source, amount or (str(of.missing) if of else "0.01"),
        version, uuid4().hex, pot.holder if pot else holder, pot.earmark if pot else 0,
    )  # fmt: skip
    receipt = take_over(engine, person, command)
    click.echo(
        f"Movement {receipt.content} is recorded. It counts once somebody else certified it."
    )


COMMANDS = (reported, earmark, met, expect, withdraw, due)
