"""What the parts of a programme reported of the period of a report of the whole, and where that says something else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.openness import Openness
from workflow.results.consolidation import ComparedFigure, PartText, money_of_parts
from workflow.results.derive import reports
from workflow.results.forms import actuals_in
from workflow.results.indicators import Indicator
from workflow.results.kept import indicators_above
from workflow.results.reported import reports_under
from workflow.results.reports import PeriodReport, ReportStatus, told_of

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PartsBeside:
    """The reports of the parts beside a report of the whole: its figures, which reports count, and which are to come."""

    figures: tuple[ComparedFigure, ...]
    told: tuple[PeriodReport, ...]
    missing: tuple[PeriodReport, ...]

    @property
    def differ(self) -> int:
        """How many figures are not what the parts reported."""
        return sum(each.by is not None for each in self.figures)


def parts_beside(
    session: Session,
    engine: Engine,
    case: tuple[int, Definition],
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> PartsBeside | None:
    """What the parts reported of the period of a report, beside what this says; nothing where it has no parts.

    It shows what is open to everybody once it is accepted, and no more.
    """
    case_id, definition = case
    if kind not in reports(definition):
        return None
    own = session.execute(
        select(ChildCase).where(ChildCase.case_id == case_id)
    ).scalar_one_or_none()
    if own is None or own.period_from is None or own.period_to is None:
        return None
    period = own.period_from, own.period_to
    every = of_parts(session, engine, own.parent_id)
    if not every:
        return None
    texts = accepted_texts(session, engine, every, period)
    within = [each for each in every if _within(each, period)]
    return PartsBeside(
        figures=(
            *_money(kind, texts, content),
            *_indicators(indicators_above(session, case_id)[1], every, period, content),
        ),
        told=tuple(each for each in within if each.status is ReportStatus.ACCEPTED),
        missing=tuple(
            each for each in within if each.status in (ReportStatus.OWED, ReportStatus.SENT)
        ),
    )


def accepted_texts(
    session: Session, engine: Engine, every: Sequence[PeriodReport], period: Period
) -> tuple[PartText, ...]:
    """What those of some reports say that lie in a period and are accepted, as far as it is open to everybody."""
    told = [
        each for each in every if each.status is ReportStatus.ACCEPTED and _within(each, period)
    ]
    asked = select(LifecycleCase.ref, LifecycleCase.id, LifecycleCase.definition_id)
    rows = session.execute(asked.where(LifecycleCase.ref.in_([each.ref for each in told])))
    at = {row.ref: (row.id, row.definition_id) for row in rows} if told else {}
    found = (_text(session, engine, each, *at[each.ref]) for each in told)
    return tuple(each for each in found if each is not None)


def of_parts(session: Session, engine: Engine, parent: int) -> tuple[PeriodReport, ...]:
    """The reports of the parts of a case, whoever asks."""
    every = reports_under(session, engine, parent, None, engine.now())
    return tuple(each for each in every if each.part)


def _within(report: PeriodReport, period: Period) -> bool:
    """Whether a report belongs to a period: one that reaches over its end belongs to the next."""
    return report.period_to is not None and period[0] <= report.period_to <= period[1]


def _text(
    session: Session, engine: Engine, report: PeriodReport, case_id: int, definition_id: int
) -> PartText | None:
    definition = engine.definition(definition_id, session)
    kind = next(iter(reports(definition)), None)
    if kind is None or kind.open_to not in (Openness.EVERYBODY, Openness.AFTER_DECISION):
        return None
    content = whole_text(session, case_id, definition, kind)
    closed = {field.key for field in kind.fields() if field.confidential}
    said = {key: value for key, value in content.items() if key not in closed}
    period = report.period_from or date.min, report.period_to or date.max
    return PartText(report.ref, report.part, period, said)


def _money(
    kind: DocumentKind, texts: Sequence[PartText], content: Mapping[str, Any]
) -> Iterator[ComparedFigure]:
    here = PartText("", "", (date.min, date.max), content)
    for field in kind.fields():
        if field.kind == "money" and not field.confidential:
            parts = money_of_parts(field, texts)
            own = money_of_parts(field, [here]).get("")
            if parts:
                told = tuple(sorted(parts.items()))
                yield ComparedFigure(field, "", told, sum(parts.values(), Decimal(0)), own)


def _indicators(
    indicators: Sequence[Indicator],
    every: Sequence[PeriodReport],
    period: Period,
    content: Mapping[str, Any],
) -> Iterator[ComparedFigure]:
    own = {each.code: each.value for each in actuals_in(content, period)}
    for indicator in indicators:
        parts = told_of(indicator, every, period[1]).parts
        if parts is not None and parts.actual is not None:
            told = tuple((name, each.value) for name, each in sorted(parts.parts.items()))
            statement = f"{indicator.code} {indicator.statement}"
            yield ComparedFigure(None, statement, told, parts.actual.value, own.get(indicator.code))
