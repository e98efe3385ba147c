"""The reports under a case, as one person may read them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.permissions.disclosure import Matter, Onlooker, may_read
from workflow.engine.permissions.visibility import known_to, standing
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.openness import Openness
from workflow.people.models import Party
from workflow.results.derive import reports
from workflow.results.filed_texts import accepted
from workflow.results.forms import ACTUALS
from workflow.results.indicators import Actual
from workflow.results.models import ReportedActual, ReportedPeriod
from workflow.results.reports import PeriodReport, ReportStatus
from workflow.vocabulary import BELOW, Stage


def reports_under(
    session: Session, engine: Engine, case_id: int, person: int | None, now: datetime
) -> tuple[PeriodReport, ...]:
    """The reports under a case and under its parts, the oldest period first.

    Nobody in particular is told of all of them, and of what is open to everybody once it is accepted.
    """
    rows = session.execute(_below(case_id, person, now.date())).all()
    kinds = {
        row.definition_id: _kind(engine.definition(row.definition_id, session)) for row in rows
    }
    telling = [(row, kind) for row in rows if (kind := kinds[row.definition_id]) is not None]
    told = _actuals(session, [row.case_id for row, _ in telling])
    return tuple(
        _report(row, kind, told.get(row.case_id, ()), now)
        for row, kind in telling
    )  # fmt: skip


def _kind(definition: Definition) -> DocumentKind | None:
    return next(iter(reports(definition)), None)


def _below(case_id: int, person: int | None, today: date) -> Select[*tuple[Any, ...]]:
    part = aliased(ChildCase)
    parts = select(ChildCase.case_id).where(ChildCase.parent_id == case_id)
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == LifecycleCase.id, Round.status == "open")
        .scalar_subquery()
    )
    nobody = (false().label("audits"), false().label("takes_part"))
    who: tuple[Any, ...] = nobody if person is None else standing(person, today)[:2]
    asked = (
        select(
            *(ChildCase.case_id, ChildCase.period_from, ChildCase.period_to, ChildCase.due_on),
            *(LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state, LifecycleCase.stage),
            *(LifecycleCase.definition_id, Party.name.label("party"), part.number.label("part")),
            *(
                ReportedPeriod.period_from.label("told_from"),
                ReportedPeriod.period_to.label("told_to"),
            ),
            *(due.label("due_at"), accepted().label("accepted"), *who),
        )
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .outerjoin(part, (part.case_id == ChildCase.parent_id) & (ChildCase.parent_id != case_id))
        .outerjoin(Party, Party.id == part.party_id)
        .outerjoin(ReportedPeriod, ReportedPeriod.case_id == ChildCase.case_id)
        .where((ChildCase.parent_id == case_id) | ChildCase.parent_id.in_(parts))
        .order_by(ChildCase.period_to, LifecycleCase.ref)
    )
    return asked if person is None else asked.where(known_to(person, today))


def _actuals(session: Session, cases: Sequence[int]) -> Mapping[int, list[ReportedActual]]:
    found: dict[int, list[ReportedActual]] = {}
    of_cases = select(ReportedActual).where(ReportedActual.case_id.in_(cases))
    for row in session.scalars(of_cases.order_by(ReportedActual.place)) if cases else ():
        found.setdefault(row.case_id, []).append(row)
    return found


def _report(
    row: Any, kind: DocumentKind, told: Sequence[ReportedActual], now: datetime
) -> PeriodReport:
    status = _status(row, kind)
    period = row.told_from or row.period_from, row.told_to or row.period_to
    shown = told if status is not ReportStatus.OWED and _may(row, kind) else ()
    due = row.due_at.date() if row.due_at else row.due_on
    return PeriodReport(
        ref=row.ref,
        title=row.title,
        part="" if row.part is None else row.party or row.ref.rpartition(BELOW)[0],
        status=status,
        period_from=period[0],
        period_to=period[1],
        due_on=due,
        late=status is ReportStatus.OWED and due is not None and due < now.date(),
        actuals={each.code: _actual(each, period) for each in shown},
    )


def _status(row: Any, kind: DocumentKind) -> ReportStatus:
    if row.accepted:
        return ReportStatus.ACCEPTED
    if row.stage == Stage.END.value:
        return ReportStatus.LET_GO
    return ReportStatus.OWED if row.state in kind.written_in else ReportStatus.SENT


def _may(row: Any, kind: DocumentKind) -> bool:
    """Whether what a report says of indicators may be read."""
    onlooker = Onlooker(bool(row.audits), bool(row.takes_part))
    closed = any(each.key == ACTUALS and each.confidential for each in kind.fields())
    matter = Matter(Openness.PARTICIPANTS if closed else kind.open_to)
    return may_read(matter, onlooker, decided=bool(row.accepted))


def _actual(row: ReportedActual, period: tuple[date, date]) -> Actual:
    return Actual(
        code=row.code,
        period_from=period[0],
        period_to=period[1],
        value=row.value,
        of_which=row.of_which,
        means=row.means,
        verified_by=row.verified_by,
        verified_on=row.verified_on,
    )
