"""What is refused of results as a text is filed, and the tables that follow what was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.declared_models import DecidedState
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.partners.filed_texts import unfit as of_partners
from workflow.phrase import Phrase
from workflow.results.chosen import chooses, of_chosen
from workflow.results.derive import make_follow, reports, tells
from workflow.results.faults import of_actuals, of_indicators, of_period
from workflow.results.forms import ACTUALS, CHOSEN, INDICATORS, VOCABULARY, holding
from workflow.results.kept import indicators_above, outputs_above
from workflow.results.models import ReportedPeriod
from workflow.vocabulary import Stage

Period = tuple[date, date]


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    """What of a text cannot be kept: indicators that contradict themselves, actuals that cannot be verified.

    What is chosen of outputs and indicators has to be there. A report about a period of its own cannot tell of another, nor any report of days that another one
    tells of, which was accepted.
    """
    found: dict[str, Phrase] = {**of_partners(session, definition, case_id, kind, content)}
    if kind in holding(definition, INDICATORS):
        found |= of_indicators(content)
    if kind in holding(definition, ACTUALS):
        found |= of_actuals(content, indicators_above(session, case_id)[1])
    if chooses(kind, CHOSEN) or chooses(kind, VOCABULARY):
        codes = tuple(each.code for each in indicators_above(session, case_id)[1])
        found |= of_chosen(kind, content, outputs_above(session, case_id), codes)
    if kind in reports(definition):
        found |= of_period(content, *_periods(session, case_id))
    return found


def follow(session: Session, definition: Definition, case_id: int) -> None:
    """Have the tables of results follow what was filed on a case."""
    if tells(definition):
        make_follow(session, definition, case_id)


def accepted() -> Any:
    """The condition that a case has ended with what it says accepted."""
    decided = exists().where(
        DecidedState.definition_id == LifecycleCase.definition_id,
        DecidedState.state == LifecycleCase.state,
    )
    return (LifecycleCase.stage == Stage.END.value) & decided


def _periods(session: Session, case_id: int) -> tuple[Period | None, Sequence[Period]]:
    """The period that a report was opened for, and those of its kind, accepted, beside it."""
    own = session.execute(
        select(ChildCase).where(ChildCase.case_id == case_id)
    ).scalar_one_or_none()
    if own is None:
        return None, ()
    if own.period_from is not None and own.period_to is not None:
        return (own.period_from, own.period_to), ()
    beside = aliased(ChildCase)
    told = (
        select(ReportedPeriod.period_from, ReportedPeriod.period_to)
        .join(beside, beside.case_id == ReportedPeriod.case_id)
        .join(LifecycleCase, LifecycleCase.id == beside.case_id)
        .where(
            *(beside.parent_id == own.parent_id, beside.kind == own.kind, accepted()),
            *(beside.party_id.is_not_distinct_from(own.party_id), beside.case_id != case_id),
        )
    )
    return None, [(row.period_from, row.period_to) for row in session.execute(told)]
