"""The results of a programme to be taken away: the figures of the page, as a table and as a workbook."""

from collections.abc import Iterator
from decimal import Decimal

from flask import Response

from web.tables.comma_separated import comma_separated
from web.tables.workbook import Cell, Sheet, in_text, workbook
from workflow.programmes.results.page import ResultLine, ResultsPage
from workflow.results.lights import plain
from workflow.results.reports import PeriodReport, ReportStatus

INDICATORS = (
    "number", "output", "indicator", "unit", "better_is", "baseline", "baseline_on", "should_be", "should_be_on",
    "target", "actual", "actual_on", "counted_apart", "of_which", "share_in_percent", "state", "why",
    "means_of_verification", "verified_by", "verified_on", "reported_in", "not_reported_by",
)  # fmt: skip
ACTUALS = (
    "number", "report", "part", "status", "period_from", "period_to", "actual", "of_which",
    "means_of_verification", "verified_by", "verified_on",
)  # fmt: skip


def table_of_indicators(page: ResultsPage) -> Response:
    """The indicators as they stand, a row each, as comma-separated values."""
    rows = ([_text(cell) for cell in _indicator(line)] for line in page.lines)
    return comma_separated(f"results-{page.case.ref}-{page.on}.csv", INDICATORS, rows)


def workbook_of_results(page: ResultsPage) -> Response:
    """The indicators as they stand, and what every report said of them, as a workbook."""
    sheets = (
        Sheet("Indicators", INDICATORS, [_indicator(line) for line in page.lines]),
        Sheet("Actuals", ACTUALS, [*_actuals(page)]),
    )
    return workbook(f"results-{page.case.ref}-{page.on}.xlsx", page.on, sheets)


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
    return plain(cell) if isinstance(cell, Decimal) else in_text(cell)
