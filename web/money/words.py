"""Amounts and movements as pages write them, in the language of the reader."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import gettext

from web.filters import country, language, short_day
from web.wording import plainly
from workflow.ledger.accounts import ACTS, Account, MoneyAct, Movement
from workflow.ledger.budget_lines import SourceBudget
from workflow.ledger.currency import digits
from workflow.ledger.page import MoneyPage
from workflow.ledger.promises.earmarks import Earmark
from workflow.ledger.promises.payments import ExpectedPayment


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
    way = f", {moved_between(movement)}" if movement.act is MoneyAct.TRANSFER else ""
    return f"{movement.number}: {act}, {movement.currency} {said}, {whose}{way}"


def moved_between(of: Movement) -> str:
    """From which budget line to which a transfer goes."""
    return gettext("from “%(of)s” to “%(to)s”", of=line_named(of.left), to=line_named(of.account))


def line_named(of: Account) -> str:
    """A budget line by what it is for."""
    what = (of.output, str(of.year or ""), of.category, country_named(of.country))
    return ", ".join(filter(None, what)) or gettext("the line for anything")


def country_named(code: str) -> str:
    """A country of the reference list as its reader calls it; nothing where none is said."""
    return country(code.upper()) if code else ""


def called_line(page: MoneyPage, of: SourceBudget) -> str:
    """A budget line of a source by its number, with what it is for, whose money it is and what is left of it."""
    whose = page.names.get(of.account.source, of.account.source)
    left = gettext("%(amount)s left", amount=f"{of.currency} {amount(of.left, of.currency)}")
    return f"{of.number}: {line_named(of.account)}; {whose}, {left}"


def called_earmark(page: MoneyPage, of: Earmark) -> str:
    """An earmark by its number, with whose money it is and for what."""
    whose = page.names.get(of.source, of.source)
    what = ", ".join((*of.purpose, *((of.condition,) if of.condition else ())))
    return f"{of.number}: {whose}, {what}"


def called_payment(of: ExpectedPayment) -> str:
    """A payment that is expected by its number, with its amount and the day on which it is due."""
    return f"{of.number}: {of.currency} {amount(of.amount, of.currency)}, {short_day(of.due_on)}"
