"""Indicators and actuals as forms hold them: the fields that are read by these names, in any document of a case: pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workflow.lifecycles.checks.known import amount_of, is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.results.indicators import Actual, Direction, Indicator, TargetByDay, Together

INDICATORS, TARGETS, ACTUALS = "indicators", "targets", "actuals"
PERIOD = ("period_start", "period_end")
# From where choices take the indicators of the case at hand.
VOCABULARY = "indicators"
# And from which outputs are.
CHOSEN = "outputs"
Content = Mapping[str, Any]


def holding(definition: Definition, field: str) -> tuple[DocumentKind, ...]:
    """The documents of a lifecycle that hold a table of this name, in the order of the file."""
    return tuple(
        kind
        for kind in definition.documents.values()
        if any(each.key == field and each.kind == "lines" for each in kind.fields())
    )


def rows(content: Content, field: str) -> Iterator[tuple[int, Content]]:
    """The lines of a table with their numbers, from one on."""
    written = content.get(field)
    for number, row in enumerate(written if isinstance(written, list) else (), 1):
        if isinstance(row, Mapping):
            yield number, row


def indicators_in(content: Content, ends: date | None) -> tuple[Indicator, ...]:
    """The indicators that a text states whole, in its order; `ends` is the day of their last target."""
    stages = _targets(content)
    found: dict[str, Indicator] = {}
    for _, row in rows(content, INDICATORS):
        indicator = _indicator(row, stages, ends)
        if indicator is not None:
            found.setdefault(indicator.code, indicator)
    return tuple(found.values())


def actuals_in(content: Content, period: tuple[date, date]) -> tuple[Actual, ...]:
    """What a report says of indicators; a line without a figure reports nothing."""
    found: dict[str, Actual] = {}
    for _, row in rows(content, ACTUALS):
        value, code = figure(row, "value"), said(row, "indicator")
        if value is not None and code:
            found.setdefault(code, _actual(row, code, value, period))
    return tuple(found.values())


def period_in(content: Content) -> tuple[date, date] | None:
    """The period that a report says it is about."""
    first, last = (day(content, key) for key in PERIOD)
    return (first, last) if first and last and first <= last else None


def figure(row: Content, key: str) -> Decimal | None:
    """A number that is written there."""
    return amount_of(said(row, key))


def day(row: Content, key: str) -> date | None:
    """A day that is written there."""
    written = said(row, key)
    return date.fromisoformat(written) if is_day(written) else None


def said(row: Content, key: str) -> str:
    """What is written there; nothing where nothing is."""
    written = row.get(key)
    return written if isinstance(written, str) else ""


def _targets(content: Content) -> dict[str, dict[date, Decimal]]:
    found: dict[str, dict[date, Decimal]] = {}
    for _, row in rows(content, TARGETS):
        by, value = day(row, "by"), figure(row, "value")
        if by is not None and value is not None:
            found.setdefault(said(row, "code"), {})[by] = value
    return found


def _indicator(
    row: Content, stages: Mapping[str, Mapping[date, Decimal]], ends: date | None
) -> Indicator | None:
    baseline, target, since = (
        figure(row, "baseline"),
        figure(row, "target"),
        day(row, "baseline_on"),
    )
    code = said(row, "code")
    if not code or baseline is None or target is None or since is None:
        return None
    by = {each: value for each, value in stages.get(code, {}).items() if each > since}
    last = max((ends or since, since, *by))
    together = said(row, "together")
    return Indicator(
        code=code,
        statement=said(row, "indicator"),
        output=said(row, "output"),
        unit=said(row, "unit"),
        direction=Direction.LESS if said(row, "direction") == Direction.LESS else Direction.MORE,
        baseline=baseline,
        baseline_on=since,
        targets=tuple(
            TargetByDay(each, value) for each, value in sorted({last: target, **by}.items())
        ),
        disaggregated=said(row, "disaggregated"),
        means=said(row, "means"),
        together=Together(together) if together in set(Together) else Together.SUM,
    )


def _actual(row: Content, code: str, value: Decimal, period: tuple[date, date]) -> Actual:
    return Actual(
        code=code,
        period_from=period[0],
        period_to=period[1],
        value=value,
        of_which=figure(row, "of_which"),
        means=said(row, "means"),
        verified_by=said(row, "verified_by"),
        verified_on=day(row, "verified_on"),
    )
