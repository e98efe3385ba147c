"""What is done to money on the command line: recorded, certified, taken back."""

from datetime import datetime
from uuid import uuid4

import click

from web.cli.money.page import WHOSE, WHY, money_of
from web.cli.office.acts import DAY, begun_by, day_or_today
from web.cli.output import ROW_NUMBER
from workflow.ledger.accounts import WAYS, MoneyAct
from workflow.ledger.certification.certify import CertifyMovement, certify
from workflow.ledger.record import CorrectMovement, RecordMovement, correct, record
from workflow.ledger.transfers.transfer import TransferMoney, TransferWish, transfer
from workflow.ledger.wishes import MovementWish


@click.command("record")
@click.argument("ref")
@click.argument("act", type=click.Choice([each.value for each in WAYS]))
@click.argument("source")
@click.argument("currency")
@click.argument("amount")
@click.option("--on", "day", type=DAY, help="The day on which it moved; today without it.")
@click.option("--holder", default="", help="To whom it was disbursed, or who spent it.")
@click.option("--year", type=ROW_NUMBER, default=0, help="The year of the budget.")
@click.option("--output", default="", help="The output that it is for.")
@click.option("--category", default="", help="The category that it is of.")
@click.option("--country", default="", help="The country that it is for, by three letters.")
@click.option(
    "--earmark", type=ROW_NUMBER, default=0, help="The number of the earmark that it is of."
)
@click.option("--rate-on", type=DAY, help="The day of the rate that you mean.")
@WHY
@WHOSE
def record_money(  # noqa: PLR0913 # one argument for each option
    *,
    ref: str,
    act: str,
    source: str,
    currency: str,
    amount: str,
    day: datetime | None,
    holder: str,
    year: int,
    output: str,
    category: str,
    country: str,
    earmark: int,
    rate_on: datetime | None,
    reason: str,
    by: str,
) -> None:
    """Record that AMOUNT of CURRENCY of SOURCE moved; it counts once somebody else certified it."""
    engine, person = begun_by(by)
    wish = MovementWish(
        act=MoneyAct(act),
        on=day_or_today(engine, day),
        source=source,
        currency=currency,
        amount=amount,
        holder=holder,
        year=year,
        output=output,
        category=category,
        country=country,
        earmark=earmark,
        rate_on=rate_on.date() if rate_on else None,
    )
    version = money_of(engine, person, ref).case.version
    receipt = record(engine, person, RecordMovement(ref, wish, version, uuid4().hex, reason))
    click.echo(
        f"Movement {receipt.content} is recorded. It counts once somebody else certified it."
    )


@click.command("transfer")
@click.argument("ref")
@click.argument("of", metavar="FROM", type=ROW_NUMBER)
@click.argument("amount")
@click.option("--to", type=ROW_NUMBER, default=0, help="The line to which it goes; or say below what a new one is for.")  # fmt: skip
@click.option("--year", type=ROW_NUMBER, default=0, help="The year of the new line.")
@click.option("--output", default="", help="The output of the new line.")
@click.option("--category", default="", help="The category of the new line.")
@click.option("--country", default="", help="The country of the new line, by three letters.")
@click.option("--on", "day", type=DAY, help="The day on which it is moved; today without it.")
@WHY
@WHOSE
def transfer_money(  # noqa: PLR0913 # one argument for each option
    *, ref: str, of: int, amount: str, to: int, year: int, output: str, category: str, country: str,
    day: datetime | None, reason: str, by: str,
) -> None:  # fmt: skip
    """Move AMOUNT from the budget line FROM of REF to another one; “money lines” lists them by their numbers."""
    engine, person = begun_by(by)
    wish = TransferWish(
        of=of, to=to, amount=amount, on=day_or_today(engine, day), year=year, output=output,
        category=category, country=country,
    )  # fmt: skip
    version = money_of(engine, person, ref).case.version
    receipt = transfer(engine, person, TransferMoney(ref, wish, version, uuid4().hex, reason))
    click.echo(
        f"Movement {receipt.content} is recorded. It counts once somebody else certified it."
    )


@click.command("certify")
@click.argument("ref")
@click.argument("movement", type=ROW_NUMBER)
@click.option("--decline", is_flag=True, help="Say that it does not count; it needs a reason.")
@WHY
@WHOSE
def certify_money(*, ref: str, movement: int, decline: bool, reason: str, by: str) -> None:
    """Certify MOVEMENT of REF, which somebody else recorded."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    command = CertifyMovement(ref, movement, not decline, version, uuid4().hex, reason)
    receipt = certify(engine, person, command)
    click.echo(f"Movement {movement} is {receipt.verdict}.")


@click.command("correct")
@click.argument("ref")
@click.argument("movement", type=ROW_NUMBER)
@click.option("--on", "day", type=DAY, help="As of which day; today without it.")
@WHY
@WHOSE
def correct_money(*, ref: str, movement: int, day: datetime | None, reason: str, by: str) -> None:
    """Record the counter-entry that takes MOVEMENT of REF back; nothing is deleted."""
    engine, person = begun_by(by)
    version = money_of(engine, person, ref).case.version
    on = day_or_today(engine, day)
    command = CorrectMovement(ref, movement, on, version, uuid4().hex, reason)
    receipt = correct(engine, person, command)
    click.echo(f"Movement {receipt.content} takes it back, once somebody else certified it.")


COMMANDS = (record_money, transfer_money, certify_money, correct_money)
