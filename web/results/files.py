"""The results of a programme to be taken away: the figures of the page, as a table and as a workbook."""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Response

from web.orders.hand_out import answer
from web.spreadsheet import comma_separated
from workflow.deferred import deferred
from workflow.programmes.results.page import ResultLine, ResultsPage
from workflow.results.lights import plain
from workflow.results.reports import PeriodReport, ReportStatus

if TYPE_CHECKING:
    from xlsxwriter import Workbook
else:
    Workbook = deferred("xlsxwriter", "Workbook")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INDICATORS = (
    "number", "output", "indicator", "unit", "better_is", "baseline", "baseline_on", "should_be", "should_be_on",
    "target", "actual", "actual_on", "counted_apart", "of_which", "share_in_percent", "state", "why",
    "means_of_verification", "verified_by", "verified_on", "reported_in", "not_reported_by",
)  # fmt: skip
ACTUALS = (
    "number", "report", "part", "status", "period_from", "period_to", "actual", "of_which",
    "means_of_verification", "verified_by", "verified_on",
)  # fmt: skip
WIDTH = 16
Cell = str | Decimal | date | None


def table_of_indicators(page: ResultsPage) -> Response:
    """The indicators as they stand, a row each, as comma-separated values."""
    rows = ([_text(cell) for cell in _indicator(line)] for line in page.lines)
    return comma_separated(f"results-{page.case.ref}-{page.on}.csv", INDICATORS, rows)


def workbook_of_results(page: ResultsPage) -> Response:
    """The indicators as they stand, and what every report said of them, as a workbook."""
    aside = tempfile.TemporaryFile()  # noqa: SIM115 # Whoever sends the answer closes it.
    try:
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(aside, options) as book:
            # The same figures are the same bytes, whenever they are taken away.
            book.set_properties({"created": datetime.combine(page.on, time())})
            _sheet(book, "Indicators", INDICATORS, [_indicator(line) for line in page.lines])
            _sheet(book, "Actuals", ACTUALS, list(_actuals(page)))
        aside.seek(0)
    except BaseException:
        aside.close()
        raise
    return answer(aside, f"results-{page.case.ref}-{page.on}.xlsx", XLSX)


def _indicator(line: ResultLine) -> tuple[Cell, ...]:
    stands, of = line.standing, line.indicator
    actual, parts = stands.actual, line.told.parts
    share = None if stands.share is None else Decimal(int(stands.share * 100 // 1))
    return (
        *(of.code, of.output, of.statement, of.unit, of.direction.value, of.baseline),
        *(of.baseline_on, stands.should_be, stands.on, of.target),
        *((actual.value, actual.period_to) if actual else (None, None)),
        *(of.disaggregated, actual.of_which if actual else None, share),
        *(stands.light.value, str(stands.said), (actual.means if actual else "") or of.means),
        *((actual.verified_by, actual.verified_on) if actual else (None, None)),
        line.told.report.ref if line.told.report else "",
        ", ".join(parts.missing) if parts else "",
    )


def _actuals(page: ResultsPage) -> Iterator[tuple[Cell, ...]]:
    for report in page.reports:
        if report.status in (ReportStatus.ACCEPTED, ReportStatus.SENT):
            yield from _told(report)


def _told(report: PeriodReport) -> Iterator[tuple[Cell, ...]]:
    for actual in report.actuals.values():
        yield (
            *(actual.code, report.ref, report.part, report.status.value),
            *(actual.period_from, actual.period_to, actual.value, actual.of_which),
            *(actual.means, actual.verified_by, actual.verified_on),
        )


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Decimal():
            return plain(cell)
        case date():
            return cell.isoformat()
    return cell


def _sheet(book: Any, name: str, head: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(head) - 1, WIDTH)
    for place, column in enumerate(head):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, Decimal):
                sheet.write_number(number, place, cell)
            elif cell not in (None, ""):
                sheet.write_string(number, place, _text(cell))
