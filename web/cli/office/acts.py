"""An act of the office from the command line: whose it is, and on which day."""

from datetime import date, datetime

import click

from web.cli.output import opened
from web.cli.people import somebody
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine

DAY = click.DateTime(["%Y-%m-%d"])
BY = click.option("--by", metavar="EMAIL", help="Whose act it is; recorded.")


def begun(by: str | None) -> tuple[Engine, int | None]:
    """The engine, and the person whose act it is; nobody where none is named."""
    return begun_by(by) if by else (opened(), None)


def begun_by(by: str) -> tuple[Engine, int]:
    """The engine, and the person with this address, whose act it is."""
    engine = opened()
    return engine, somebody(engine, by)


def day_or_today(engine: Engine, given: datetime | None) -> date:
    """The day that was given, or today."""
    return given.date() if given else engine.now().date()


def tell_receipt(receipt: Receipt) -> None:
    """Say what was recorded, and in which state the case stands now."""
    click.echo(f"{receipt.ref}: {receipt.verdict}. It stands in “{receipt.state}”.")
