"""Amounts and movements as pages write them, in the language of the reader."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from web.filters import language
from web.wording import plainly
from workflow.ledger.accounts import ACTS, Movement
from workflow.ledger.currency import digits
from workflow.ledger.page import MoneyPage
from workflow.ledger.promises.earmarks import Earmark


def amount(value: Decimal, currency: str) -> str:
    """An amount with all the digits of its currency; nothing is a dash."""
    if not value:
        return "–"
    after = digits(currency)
    pattern = "#,##0." + "0" * after if after else "#,##0"
    return format_decimal(value, pattern, language())


def day_asked(written: str) -> date | None:
    """The day that an address asks for; none where it asks for none that there is."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def called(page: MoneyPage) -> dict[int, str]:
    """What each movement that counts is called in a list to choose from, by its number."""
    movements = (line.recorded.movement for line in page.lines)
    return {each.number: of_movement(page, each) for each in movements}


def of_movement(page: MoneyPage, movement: Movement) -> str:
    """A movement by its number, with what it did, the amount and whose money it is."""
    said = amount(movement.amount, movement.currency)
    whose = page.names.get(movement.account.source, movement.account.source)
    act = plainly(ACTS[movement.act])
    return f"{movement.number}: {act}, {movement.currency} {said}, {whose}"


def called_earmark(page: MoneyPage, of: Earmark) -> str:
    """An earmark by its number, with whose money it is and for what."""
    whose = page.names.get(of.source, of.source)
    what = ", ".join((*of.purpose, *((of.condition,) if of.condition else ())))
    return f"{of.number}: {whose}, {what}"
