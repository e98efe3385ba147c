"""The money of a programme to be taken away: the numbers of the page, as a table and as a workbook."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Response

from web.orders.hand_out import answer
from web.spreadsheet import comma_separated
from web.wording import plainly
from workflow.deferred import deferred
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import SourceLine
from workflow.ledger.currency import USD, digits, exact
from workflow.ledger.page import BookLine, MoneyPage
from workflow.ledger.rates import plain
from workflow.ledger.reconciliation.compare import Comparison
from workflow.ledger.reconciliation.paper import named

if TYPE_CHECKING:
    from xlsxwriter import Workbook
else:
    Workbook = deferred("xlsxwriter", "Workbook")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOVEMENTS = (
    "movement", "on", "act", "corrects", "source", "holder", "currency", "amount", "balance_of_source",
    "rate", "rate_on", "usd", "year", "output", "category", "recorded_by", "certified_by",
)  # fmt: skip
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
PAPERS = (
    "figure",
    "paper",
    "paper_says",
    "ledger_says",
    "difference",
    "waiting",
    "cannot_be_compared_because",
)
WIDTH = 16
# More digits than a spreadsheet holds in a number are written as text.
EXACT = 15
Cell = str | int | Decimal | None


def table_of_movements(page: MoneyPage) -> Response:
    """The movements that count, a row each, as comma-separated values."""
    rows = ([_text(cell) for cell in _row(page, line)] for line in page.lines)
    return comma_separated(f"money-{page.case.ref}-{page.on}.csv", MOVEMENTS, rows)


def sources_and_movements(page: MoneyPage) -> Response:
    """The sums by source in dollars and in each currency, and the movements, as a workbook."""
    aside = tempfile.TemporaryFile()  # noqa: SIM115 # Whoever sends the answer closes it.
    try:
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(aside, options) as book:
            # The same numbers are the same bytes, whenever they are taken away.
            book.set_properties({"created": datetime.combine(page.on, time())})
            sums = [*(_sums(page, each) for each in page.sources), _sums(page, page.total)]
            _sheet(book, "Sources in USD", SOURCES, sums)
            kept = [_sums(page, each) for each in page.currencies]
            _sheet(book, "Sources by currency", SOURCES, kept)
            _sheet(book, "Movements", MOVEMENTS, [_row(page, each) for each in page.lines])
            held = page.reconciliation.comparisons
            _sheet(book, "Beside the papers", PAPERS, [*map(_compared, held)])
        aside.seek(0)
    except BaseException:
        aside.close()
        raise
    return answer(aside, f"money-{page.case.ref}-{page.on}.xlsx", XLSX)


def _row(page: MoneyPage, line: BookLine) -> tuple[Cell, ...]:
    movement, kept = line.recorded.movement, line.recorded
    at = movement.account
    return (
        movement.number,
        movement.on.isoformat(),
        movement.act.value,
        movement.corrects,
        page.names.get(at.source, at.source),
        page.names.get(at.holder, at.holder),
        movement.currency,
        _exactly(movement.amount, movement.currency),
        _exactly(line.balance, movement.currency),
        plain(kept.rate),
        kept.rate_on.isoformat(),
        _exactly(movement.usd, USD),
        at.year or None,
        at.output,
        at.category,
        kept.recorder,
        kept.certifier,
    )


def _sums(page: MoneyPage, line: SourceLine) -> tuple[Cell, ...]:
    sums = (*map(line.of, TOTALS), line.outstanding, line.balance, line.exchange)
    name = page.names.get(line.source, line.source) or "all sources"
    return (name, line.currency, *(_exactly(each, line.currency) for each in sums))


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


def _exactly(amount: Decimal, currency: str) -> Decimal:
    return Decimal(exact(amount, currency))


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _sheet(book: Any, name: str, head: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(head) - 1, WIDTH)
    forms = {after: book.add_format({"num_format": form}) for after, form in _number_forms()}
    for place, column in enumerate(head):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _cell(sheet, (number, place), cell, forms)


def _number_forms() -> Iterator[tuple[int, str]]:
    for after in sorted({digits(each) for each in ("JPY", USD, "BHD")}):
        yield after, "#,##0." + "0" * after if after else "#,##0"


def _cell(sheet: Any, at: tuple[int, int], cell: Cell, forms: dict[int, Any]) -> None:
    match cell:
        case Decimal() if len(cell.as_tuple().digits) <= EXACT:
            after = -int(cell.as_tuple().exponent)
            sheet.write_number(*at, cell, forms.get(after))
        case int():
            sheet.write_number(*at, cell)
        case None | "":
            pass
        case _:
            sheet.write_string(*at, _text(cell))
