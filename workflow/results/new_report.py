"""What a text of a period begins with: the period of its schedule, and a report a line for each indicator."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import engine_of
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.results.consolidation import content_together
from workflow.results.derive import reports
from workflow.results.forms import ACTUALS, PERIOD
from workflow.results.indicators import Indicator
from workflow.results.kept import indicators_above
from workflow.results.lights import plain
from workflow.results.parts import accepted_texts, of_parts
from workflow.results.reports import PeriodReport, told_of


def begins_with(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Mapping[str, Any]:
    """The content with which a report or a work plan opens that was never saved; nothing for other texts.

    A report on what parts have reported begins with what these, as far as accepted, come to together: their
    money, texts and lines but for those of which each opens a case, and a figure for each indicator.
    """
    if not {*PERIOD} <= {field.key for field in kind.fields()}:
        return {}
    row = session.execute(
        select(ChildCase.parent_id, ChildCase.period_from, ChildCase.period_to).where(
            ChildCase.case_id == case_id
        )
    ).one_or_none()
    days = (row.period_from, row.period_to) if row else ()
    period = tuple(day for day in days if day)
    found = {key: day.isoformat() for key, day in zip(PERIOD, days, strict=False) if day}
    if kind not in reports(definition):
        return found
    indicators = indicators_above(session, case_id)[1]
    engine = engine_of(session)
    below = of_parts(session, engine, row.parent_id) if row else ()
    last = (row.period_to if row else None) or date.max
    lines = [_line(each, below, last) for each in indicators]
    texts = accepted_texts(session, engine, below, period) if len(period) == 2 else ()
    together = content_together(kind, texts, _opened(definition, kind))
    return {**together, **found, **({ACTUALS: lines} if lines else {})}


def _opened(definition: Definition, kind: DocumentKind) -> frozenset[str]:
    """The tables of a text of which each row opens a case of its own."""
    tables = (each.each_row.table for each in definition.children.values() if each.each_row)
    return frozenset(each.field for each in tables if each.document == kind.key)


def _line(indicator: Indicator, reported: tuple[PeriodReport, ...], last: date) -> dict[str, str]:
    parts = told_of(indicator, reported, last).parts
    return {"indicator": indicator.code} | (
        dict(_together(indicator, parts.actual, tuple(parts.parts)))
        if parts and parts.actual
        else {}
    )


def _together(
    indicator: Indicator, actual: Any, names: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    yield "value", plain(actual.value)
    if actual.of_which is not None and indicator.disaggregated:
        yield "of_which", plain(actual.of_which)
    yield "means", ", ".join(names)
