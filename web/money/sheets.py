"""Numbers of money in cells: sums of a source, and workbooks in which every amount has all its digits."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Response

from web.orders.hand_out import answer
from workflow.deferred import deferred
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import SourceLine
from workflow.ledger.currency import USD, digits, exact

if TYPE_CHECKING:
    from xlsxwriter import Workbook
else:
    Workbook = deferred("xlsxwriter", "Workbook")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
WIDTH = 16
# More digits than a spreadsheet holds in a number are written as text.
EXACT = 15
Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, its head, and a row for each line."""

    name: str
    head: Sequence[str]
    rows: Sequence[tuple[Cell, ...]]


def workbook(name: str, on: date, sheets: Sequence[Sheet]) -> Response:
    """The sheets as a workbook of this name."""
    aside = tempfile.TemporaryFile()  # noqa: SIM115 # Whoever sends the answer closes it.
    try:
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(aside, options) as book:
            # The same numbers are the same bytes, whenever they are taken away.
            book.set_properties({"created": datetime.combine(on, time())})
            for sheet in sheets:
                _sheet(book, sheet.name, sheet.head, sheet.rows)
        aside.seek(0)
    except BaseException:
        aside.close()
        raise
    return answer(aside, name, XLSX)


def sums_of(line: SourceLine, names: Mapping[str, str]) -> tuple[Cell, ...]:
    """The sums of a source as the cells under `SOURCES`."""
    sums = (*map(line.of, TOTALS), line.outstanding, line.balance, line.exchange)
    name = names.get(line.source, line.source) or "all sources"
    return (name, line.currency, *(exactly(each, line.currency) for each in sums))


def exactly(amount: Decimal, currency: str) -> Decimal:
    """The amount with as many digits as its currency has."""
    return Decimal(exact(amount, currency))


def in_text(cell: Cell) -> str:
    """A cell as a table writes it."""
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
            sheet.write_string(*at, in_text(cell))
