"""Indicators and actuals as pages read them: from the tables that follow the texts."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.documents.in_force import in_force_above
from workflow.reference import Choices
from workflow.results.indicators import Direction, Indicator, TargetByDay, Together
from workflow.results.models import IndicatorRow, IndicatorTarget

# Where what is in force names outputs, and how.
OUTPUTS, OUTPUT = "outputs", "output"
# So many cases stand above one another at the most: a programme, its part, and the report of that.
LEVELS = 4


def indicators_of(session: Session, case_id: int) -> tuple[Indicator, ...]:
    """The indicators that the texts of a case state, in their order."""
    rows = session.scalars(
        select(IndicatorRow).where(IndicatorRow.case_id == case_id).order_by(IndicatorRow.place)
    ).all()
    return tuple(
        _indicator(row, targets) for row, targets in _beside(rows, _targets(session, case_id))
    )


def stated_in(session: Session, case_id: int) -> tuple[str, int] | None:
    """The document of a case that states its indicators, and the event that filed it."""
    row = session.execute(
        select(IndicatorRow.kind, IndicatorRow.event_seq)
        .where(IndicatorRow.case_id == case_id)
        .limit(1)
    ).first()
    return (row.kind, row.event_seq) if row else None


def indicators_above(session: Session, case_id: int) -> tuple[int, tuple[Indicator, ...]]:
    """The nearest case, this one or one above it, that states indicators, and these; nothing where none does."""
    at: int | None = case_id
    for _ in range(LEVELS):
        if at is None:
            break
        found = indicators_of(session, at)
        if found:
            return at, found
        at = session.scalar(select(ChildCase.parent_id).where(ChildCase.case_id == at))
    return case_id, ()


def indicator_choices(session: Session, case_id: int | None) -> Choices:
    """The indicators that a report of a case can tell of, each by its number and what it measures."""
    found = indicators_above(session, case_id)[1] if case_id is not None else ()
    return tuple((each.code, f"{each.code} · {each.statement}") for each in found)


def outputs_above(session: Session, case_id: int) -> tuple[str, ...]:
    """The outputs of the results framework and of the money that is in force above a case, as signed and amended."""
    money = in_force_above(session, case_id).get(OUTPUTS) or ()
    stated = (each.output for each in indicators_above(session, case_id)[1])
    named = (str(row.get(OUTPUT) or "") for row in money)
    return tuple(each for each in dict.fromkeys((*named, *stated)) if each)


def output_choices(session: Session, case_id: int | None) -> Choices:
    """The same, to be chosen from."""
    found = outputs_above(session, case_id) if case_id is not None else ()
    return tuple((each, each) for each in found)


def _targets(session: Session, case_id: int) -> Mapping[int, list[TargetByDay]]:
    found: dict[int, list[TargetByDay]] = {}
    rows = session.scalars(
        select(IndicatorTarget)
        .where(IndicatorTarget.case_id == case_id)
        .order_by(IndicatorTarget.place, IndicatorTarget.by)
    )
    for row in rows:
        found.setdefault(row.place, []).append(TargetByDay(row.by, row.value))
    return found


def _beside(
    rows: Iterable[IndicatorRow], targets: Mapping[int, list[TargetByDay]]
) -> Iterable[tuple[IndicatorRow, tuple[TargetByDay, ...]]]:
    return ((row, tuple(targets.get(row.place, ()))) for row in rows)


def _indicator(row: IndicatorRow, targets: tuple[TargetByDay, ...]) -> Indicator:
    return Indicator(
        code=row.code,
        statement=row.statement,
        output=row.output,
        unit=row.unit,
        direction=Direction(row.direction),
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        targets=targets or (TargetByDay(row.baseline_on, row.baseline),),
        disaggregated=row.disaggregated,
        means=row.means,
        together=Together(row.together),
    )
