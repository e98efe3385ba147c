"""Results as IATI tells them: indicators by output, with baseline, targets and what was accepted by period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.exports.iati.elements import element, on, text, told
from workflow.programmes.results.page import ResultsPage, results_page
from workflow.results.indicators import Actual, Direction, Indicator, TargetByDay, Together
from workflow.results.lights import plain
from workflow.results.reports import ReportStatus, told_of

# Code lists ResultType and IndicatorMeasure.
OUTPUT = "1"
UNIT, PERCENTAGE = "1", "2"
PERCENT = frozenset({"%", "percent", "per cent"})
YES, NO = "1", "0"
DAY = timedelta(days=1)
# After the day that follows this one no other comes.
LAST = date.max - DAY


@dataclass(frozen=True, slots=True)
class MeasuredIndicator:
    """An indicator, and what counted of it at the end of each period, the oldest first."""

    indicator: Indicator
    actuals: tuple[Actual, ...]


def measured(
    session: Session, engine: Engine, person: int, ref: str
) -> tuple[MeasuredIndicator, ...]:
    """The indicators of a case as one person may read them."""
    page = results_page(session, engine, person, ref)
    return tuple(_measured(page, line.indicator) for line in page.lines)


def results_of(indicators: Sequence[MeasuredIndicator]) -> Iterator[Any]:
    """A result for each output, in the order in which the outputs are first named."""
    order = {each.indicator.output: None for each in indicators}
    sorted_ = sorted(indicators, key=lambda each: [*order].index(each.indicator.output))
    for output, its in groupby(sorted_, key=lambda each: each.indicator.output):
        yield element(
            "result",
            told("title", output or "Output"),
            *map(_indicator, its),
            type=OUTPUT,
            aggregation_status=YES,
        )


def _measured(page: ResultsPage, indicator: Indicator) -> MeasuredIndicator:
    days = {
        each.period_to
        for each in page.reports
        if each.period_to and each.status is ReportStatus.ACCEPTED
        if indicator.code in each.actuals
    }
    found = (told_of(indicator, page.reports, day).actual for day in sorted(days))
    return MeasuredIndicator(indicator, tuple(each for each in found if each is not None))


def _indicator(of: MeasuredIndicator) -> Any:
    indicator = of.indicator
    return element(
        "indicator",
        told("title", f"{indicator.code} {indicator.statement}"),
        told("description", f"{indicator.unit}; {indicator.means}"),
        element(
            "baseline",
            year=str(indicator.baseline_on.year),
            iso_date=indicator.baseline_on.isoformat(),
            value=plain(indicator.baseline),
        ),
        *_periods(of),
        measure=PERCENTAGE if indicator.unit.lower() in PERCENT else UNIT,
        ascending=YES if indicator.direction is Direction.MORE else NO,
        aggregation_status=YES if indicator.together is Together.SUM else NO,
    )


def _periods(of: MeasuredIndicator) -> Iterator[Any]:
    """A period for each day by which there is a target or an actual; the next begins the day after."""
    targets = {each.by: each for each in of.indicator.targets}
    actuals = {each.period_to: each for each in of.actuals}
    begins = of.indicator.baseline_on
    for ends in sorted({*targets, *actuals}):
        yield element(
            "period",
            on("period-start", min(begins, ends)),
            on("period-end", ends),
            *_target(targets.get(ends)),
            *_actual(of.indicator, actuals.get(ends)),
        )
        begins = min(ends, LAST) + DAY


def _target(target: TargetByDay | None) -> Iterator[Any]:
    if target is not None:
        yield element("target", value=plain(target.value))


def _actual(indicator: Indicator, actual: Actual | None) -> Iterator[Any]:
    """The figure; who is counted apart is a dimension of a figure of its own, the means a comment."""
    if actual is None:
        return
    yield element("actual", *_comment(actual), value=plain(actual.value))
    if actual.of_which is not None and indicator.disaggregated:
        apart = element("dimension", name="disaggregation", value=indicator.disaggregated)
        yield element("actual", apart, value=plain(actual.of_which))


def _comment(actual: Actual) -> Iterator[Any]:
    if actual.means:
        yield element("comment", text("narrative", actual.means))
