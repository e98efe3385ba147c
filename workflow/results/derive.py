"""What the filed texts of a case say of its results, as rows, and the rows made to say it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.engine.documents import bound_content
from workflow.engine.documents.checked import whole_text
from workflow.engine.documents.facts import dates_of
from workflow.evaluations import derive as evaluated
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.partners import derive as partnered
from workflow.results.forms import (
    ACTUALS,
    INDICATORS,
    PERIOD,
    Content,
    actuals_in,
    holding,
    indicators_in,
    period_in,
    said,
)
from workflow.results.indicators import Indicator
from workflow.results.models import IndicatorRow, IndicatorTarget, ReportedActual, ReportedPeriod

# By when a programme is to have come to its targets, and how its partners rate the office.
ENDS, SUPPORT = "planned_end", "support"
OF_RESULTS: tuple[type[Base], ...] = (
    IndicatorRow, IndicatorTarget, ReportedPeriod, ReportedActual,
)  # fmt: skip
TABLES = (
    *OF_RESULTS, *evaluated.TABLES, *(each for tables in partnered.TABLES.values() for each in tables),
)  # fmt: skip
Row = Mapping[str, Any]
Period = tuple[date, date]
Rows = Mapping[type[Base], list[Row]]


class _Filed(NamedTuple):
    """The newest version of a document: by which event it was filed, and what it says."""

    kind: DocumentKind
    event_seq: int
    content: Content


def tells(definition: Definition) -> bool:
    """Whether cases of a lifecycle say anything of results, of what an evaluation comes to, or of a partner."""
    return bool(_tables_of(definition))


def _tables_of(definition: Definition) -> tuple[type[Base], ...]:
    """The tables of which cases of a lifecycle may have rows."""
    of_results = bool(holding(definition, INDICATORS) or reports(definition))
    return (
        *(OF_RESULTS if of_results else ()),
        *(evaluated.TABLES if evaluated.tells(definition) else ()),
        *partnered.tables_of(definition),
    )


def reports(definition: Definition) -> tuple[DocumentKind, ...]:
    """The documents of a lifecycle that tell of indicators at the end of a period."""
    return tuple(
        kind
        for kind in holding(definition, ACTUALS)
        if set(PERIOD) <= {field.key for field in kind.fields()}
    )


def derived(session: Session, definition: Definition, case_id: int) -> Rows:
    """The rows of every table that the filed texts of a case come to."""
    found: dict[type[Base], list[Row]] = {table: [] for table in TABLES}
    if evaluated.tells(definition):
        found |= evaluated.derived(session, definition, case_id)
    found |= partnered.derived(session, definition, case_id)
    stating = _filed(session, definition, case_id, holding(definition, INDICATORS))
    for filed in stating[-1:]:
        ends = dates_of(session, case_id, definition, (ENDS,)).get(ENDS)
        for place, indicator in enumerate(indicators_in(filed.content, ends), 1):
            at = {"case_id": case_id, "place": place}
            found[IndicatorRow].append({**at, **_source(filed), **_columns(indicator)})
            found[IndicatorTarget] += [
                {**at, "by": each.by, "value": each.value} for each in indicator.targets
            ]
    for filed in _filed(session, definition, case_id, reports(definition))[-1:]:
        if period := period_in(filed.content):
            found[ReportedPeriod].append(_report(case_id, filed, period))
            found[ReportedActual] += _actuals(case_id, filed, period)
    return found


def kept(session: Session, case_id: int, tables: Sequence[type[Base]] = TABLES) -> Rows:
    """The rows as they stand."""
    found: dict[type[Base], list[Row]] = {}
    for table in tables:
        columns = Base.metadata.tables[table.__tablename__].c
        rows = session.execute(select(*columns).where(columns.case_id == case_id))
        found[table] = [dict(row) for row in rows.mappings()]
    return found


def make_follow(session: Session, definition: Definition, case_id: int) -> None:
    """Have the rows of a case say what its texts say."""
    tables = _tables_of(definition)
    follow, stands = derived(session, definition, case_id), kept(session, case_id, tables)
    for table in reversed(tables):
        if not same(follow[table], stands[table]):
            session.execute(delete(table).where(_of(table) == case_id))
    for table in tables:
        if follow[table] and not same(follow[table], stands[table]):
            session.execute(insert(table), [dict(row) for row in follow[table]])


def same(some: list[Row], others: list[Row]) -> bool:
    """Whether rows say the same, in whatever order."""
    return sorted(map(_spelled, some)) == sorted(map(_spelled, others))


def _spelled(row: Row) -> str:
    return repr(sorted(row.items()))


def _of(table: type[Base]) -> Any:
    return Base.metadata.tables[table.__tablename__].c.case_id


def _filed(
    session: Session, definition: Definition, case_id: int, kinds: tuple[DocumentKind, ...]
) -> list[_Filed]:
    """The newest versions of these documents, as far as they were filed."""
    newest = bound_content.newest(session, case_id) if kinds else {}
    return [
        _Filed(kind, newest[kind.key].seq, whole_text(session, case_id, definition, kind))
        for kind in kinds
        if kind.key in newest
    ]


def _source(filed: _Filed) -> Row:
    return {"kind": filed.kind.key, "event_seq": filed.event_seq}


def _columns(indicator: Indicator) -> Row:
    return {
        "code": indicator.code,
        "statement": indicator.statement,
        "output": indicator.output,
        "unit": indicator.unit,
        "direction": indicator.direction.value,
        "baseline": indicator.baseline,
        "baseline_on": indicator.baseline_on,
        "disaggregated": indicator.disaggregated,
        "means": indicator.means,
        "together": indicator.together.value,
    }


def _report(case_id: int, filed: _Filed, period: Period) -> Row:
    support = said(filed.content, SUPPORT)
    return {
        "case_id": case_id,
        **_source(filed),
        "period_from": period[0],
        "period_to": period[1],
        "support": int(support) if support.isdigit() else None,
    }


def _actuals(case_id: int, filed: _Filed, period: Period) -> Iterator[Row]:
    for place, actual in enumerate(actuals_in(filed.content, period), 1):
        yield {
            "case_id": case_id,
            "place": place,
            "code": actual.code,
            "value": actual.value,
            "of_which": actual.of_which,
            "means": actual.means,
            "verified_by": actual.verified_by,
            "verified_on": actual.verified_on,
        }
