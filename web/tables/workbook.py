"""Workbooks to take away, in which every number has all its digits."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from flask import Response

from web.orders.hand_out import answer
from workflow.deferred import deferred

if TYPE_CHECKING:
    from xlsxwriter import Workbook
else:
    Workbook = deferred("xlsxwriter", "Workbook")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 16
# More digits than a spreadsheet holds in a number are written as text.
EXACT = 15
MOST_AFTER_THE_POINT = 3
Cell = str | int | Decimal | date | None


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
        write_workbook(aside, on, sheets)
        aside.seek(0)
    except BaseException:
        aside.close()
        raise
    return answer(aside, name, XLSX)


def write_workbook(to: IO[bytes], on: date, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as a workbook into a file."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(to, options) as book:
        # The same numbers are the same bytes, whenever they are taken away.
        book.set_properties({"created": datetime.combine(on, time())})
        for sheet in sheets:
            _write(book, sheet)


def in_text(cell: Cell) -> str:
    """A cell as a table writes it."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}"
        case date():
            return cell.isoformat()
    return str(cell)


def _write(book: Any, of: Sheet) -> None:
    sheet = book.add_worksheet(of.name)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(of.head) - 1, WIDTH)
    forms = {after: book.add_format({"num_format": form}) for after, form in _number_forms()}
    for place, column in enumerate(of.head):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(of.rows, start=1):
        for place, cell in enumerate(row):
            _cell(sheet, (number, place), cell, forms)


def _number_forms() -> Iterator[tuple[int, str]]:
    """How numbers are shown by how many digits they have after the point."""
    for after in range(MOST_AFTER_THE_POINT + 1):
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
