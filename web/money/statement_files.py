"""A statement to be taken away: the numbers of its page, and each source in each programme."""

from collections.abc import Iterator

from flask import Response

from web.money.sheets import SOURCES, exactly, sums_of
from web.tables.comma_separated import comma_separated
from web.tables.workbook import Cell, Sheet, in_text, workbook
from workflow.ledger.statements.statement import MoneyShare, MoneyStatement

SHARES = ("programme", "title", *SOURCES)
HELD = ("programme", "title", "source", "currency", "disbursed", "spent", "left")


def table_of_statement(of: MoneyStatement) -> Response:
    """Each source in each programme, in dollars, as comma-separated values."""
    rows = ([in_text(cell) for cell in row] for row in _shares(of))
    return comma_separated(f"{file_name(of)}.csv", SHARES, rows)


def workbook_of_statement(of: MoneyStatement) -> Response:
    """The sums by source, by programme and by both, and what a party holds, as a workbook."""
    sheets = [
        Sheet("Sources in USD", SOURCES, [sums_of(e, of.names) for e in (*of.sources, of.total)]),
        Sheet("Sources by currency", SOURCES, [sums_of(e, of.names) for e in of.currencies]),
        Sheet("Programmes in USD", SHARES, [_share(of, each) for each in of.programmes]),
        Sheet("Sources in programmes", SHARES, [*_shares(of)]),
    ]
    if of.held:
        sheets.append(Sheet("Held", HELD, [*_held(of)]))
    return workbook(f"{file_name(of)}.xlsx", of.on, sheets)


def file_name(of: MoneyStatement) -> str:
    """What a file of a statement is called, without its ending."""
    parts = ("money", of.scope.framework, of.scope.source, of.on.isoformat())
    return "-".join(filter(None, parts))


def _shares(of: MoneyStatement) -> Iterator[tuple[Cell, ...]]:
    return (_share(of, each) for each in of.shares)


def _share(of: MoneyStatement, each: MoneyShare) -> tuple[Cell, ...]:
    return (each.ref, each.title, *sums_of(each.line, of.names))


def _held(of: MoneyStatement) -> Iterator[tuple[Cell, ...]]:
    for each in of.held:
        amounts = (exactly(e, each.currency) for e in (each.disbursed, each.spent, each.left))
        yield each.ref, each.title, of.names[each.source], each.currency, *amounts
