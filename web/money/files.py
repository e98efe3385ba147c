"""The money of a programme to be taken away: the numbers of the page, as a table and as a workbook."""

from flask import Response

from web.money.sheets import SOURCES, exactly, sums_of
from web.tables.comma_separated import comma_separated
from web.tables.workbook import Cell, Sheet, in_text, workbook
from web.wording import plainly
from workflow.ledger.accounts import ACTS, Account, MoneyAct
from workflow.ledger.budget_lines import BudgetLine, SourceBudget
from workflow.ledger.currency import USD
from workflow.ledger.page import BookLine, MoneyPage
from workflow.ledger.rates import plain
from workflow.ledger.reconciliation.compare import Comparison
from workflow.ledger.reconciliation.paper import named

MOVEMENTS = (
    "movement", "on", "act", "act_in_words", "corrects", "source", "holder", "currency", "amount", "balance_of_source",
    "rate", "rate_on", "usd", "year", "output", "category", "country", "earmark", "from_year", "from_output",
    "from_category", "from_country", "recorded_by", "certified_by",
)  # fmt: skip
LINES = ("year", "output", "category", "country", "budget", "spent", "left")
OF_SOURCES = (
    "line", "source", "currency", "year", "output", "category", "country", "budget", "used", "left",
)  # fmt: skip
PAPERS = (
    "figure",
    "paper",
    "paper_says",
    "ledger_says",
    "difference",
    "waiting",
    "cannot_be_compared_because",
)


def table_of_movements(page: MoneyPage) -> Response:
    """The movements that count, a row each, as comma-separated values."""
    rows = ([in_text(cell) for cell in _row(page, line)] for line in page.lines)
    return comma_separated(f"money-{page.case.ref}-{page.on}.csv", MOVEMENTS, rows)


def sources_and_movements(page: MoneyPage) -> Response:
    """The sums by source in dollars and in each currency, and the movements, as a workbook."""
    sums = [sums_of(each, page.names) for each in (*page.sources, page.total)]
    kept = [sums_of(each, page.names) for each in page.currencies]
    held = page.reconciliation.comparisons
    sheets = (
        Sheet("Sources in USD", SOURCES, sums),
        Sheet("Sources by currency", SOURCES, kept),
        Sheet("Movements", MOVEMENTS, [_row(page, each) for each in page.lines]),
        Sheet("Budget by line", LINES, [*map(_line, page.budget)]),
        Sheet("Beside the papers", PAPERS, [*map(_compared, held)]),
        Sheet("Budget lines by source", OF_SOURCES, [_of_source(page, e) for e in page.of_sources]),
    )
    return workbook(f"money-{page.case.ref}-{page.on}.xlsx", page.on, sheets)


def _row(page: MoneyPage, line: BookLine) -> tuple[Cell, ...]:
    movement, kept = line.recorded.movement, line.recorded
    at = movement.account
    left = movement.left if movement.act is MoneyAct.TRANSFER else None
    return (
        movement.number,
        movement.on.isoformat(),
        movement.act.value,
        plainly(ACTS[movement.act]),
        movement.corrects,
        page.names.get(at.source, at.source),
        page.names.get(at.holder, at.holder),
        movement.currency,
        exactly(movement.amount, movement.currency),
        exactly(line.balance, movement.currency),
        plain(kept.rate),
        kept.rate_on.isoformat(),
        exactly(movement.usd, USD),
        *_what_for(at),
        at.earmark or None,
        *(_what_for(left) if left else (None,) * 4),
        kept.recorder,
        kept.certifier,
    )


def _line(each: BudgetLine) -> tuple[Cell, ...]:
    amounts = (exactly(usd, USD) for usd in (each.budget, each.spent, each.left))
    return (*_what_for(each), *amounts)


def _of_source(page: MoneyPage, each: SourceBudget) -> tuple[Cell, ...]:
    at = each.account
    amounts = (exactly(own, each.currency) for own in (each.budget, each.spent, each.left))
    whose = page.names.get(at.source, at.source)
    return (each.number, whose, each.currency, *_what_for(at), *amounts)


def _what_for(at: Account | BudgetLine) -> tuple[Cell, ...]:
    """What money is for: year, output, category and country."""
    return (at.year or None, at.output, at.category, at.country.upper())


def _compared(each: Comparison) -> tuple[Cell, ...]:
    compared = each.why_not is None
    return (
        plainly(each.what),
        plainly(named(each.paper)) if each.paper else "",
        each.said,
        each.kept,
        each.difference if compared else None,
        each.waiting if compared else None,
        plainly(each.why_not) if each.why_not else "",
    )
