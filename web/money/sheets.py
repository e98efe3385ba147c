"""Numbers of money in cells: the sums of a source, each amount with all its digits."""

from collections.abc import Mapping
from decimal import Decimal

from web.tables.workbook import Cell
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import SourceLine
from workflow.ledger.currency import exact

TOTALS = (
    MoneyAct.BUDGET, MoneyAct.PLEDGE, MoneyAct.COMMITMENT, MoneyAct.RECEIPT, MoneyAct.IN_KIND, MoneyAct.RETURN, MoneyAct.DISBURSEMENT,
    MoneyAct.EXPENDITURE,
)  # fmt: skip
SOURCES = (
    "source",
    "currency",
    *(act.value for act in TOTALS),
    "outstanding",
    "balance",
    "exchange_difference",
)


def sums_of(line: SourceLine, names: Mapping[str, str]) -> tuple[Cell, ...]:
    """The sums of a source as the cells under `SOURCES`."""
    sums = (*map(line.of, TOTALS), line.outstanding, line.balance, line.exchange)
    name = names.get(line.source, line.source) or "all sources"
    return (name, line.currency, *(exactly(each, line.currency) for each in sums))


def exactly(amount: Decimal, currency: str) -> Decimal:
    """The amount with as many digits as its currency has."""
    return Decimal(exact(amount, currency))
