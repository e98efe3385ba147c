"""What the commands of money ask alike: whose act it is, why, and the page that they read."""

from datetime import date

import click

from workflow.engine.engine import Engine
from workflow.ledger.page import MoneyPage, money_page

WHOSE = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is; recorded.")
WHY = click.option("--reason", default="", help="Why, or what it is for; it stays on the history.")


def money_of(engine: Engine, person: int, ref: str, on: date | None = None) -> MoneyPage:
    """The money of a programme as one person may see it."""
    with engine.reading() as session:
        return money_page(session, engine, person, ref, on)
