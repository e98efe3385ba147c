"""The records of one effort: those that came under a programme, those that are proposed to, and what they were to cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.lifecycles.definition import State
from workflow.people.models import Person
from workflow.programmes.adoption.one_effort_rules import decides
from workflow.programmes.models import Programme
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.vocabulary import EventType, Footing

_PROPOSER = aliased(Person)
_LAST = (
    select(Event.person_id)
    .where(
        Event.case_id == LifecycleCase.id,
        Event.type == EventType.RECORD_MERGER_PROPOSED.value,
    )
    .order_by(Event.seq.desc())
    .limit(1)
    .correlate(LifecycleCase)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class EffortRecord:
    """A record of the same effort, as its source tells it; `by` proposed it, and `mine` says that the reader did.

    Its budget is that of the source: it is told beside the programme's own and never added to it.
    """

    ref: str
    title: str
    state: State
    version: int
    starts: str
    ends: str
    budget: Decimal | None
    by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class OneEffort:
    """A programme with the records of its effort that the person may know of, and how many there are besides.

    `writes` says whether the person may propose, confirm, decline and let go.
    """

    case: VisibleCase
    budget: Decimal | None
    kept: tuple[EffortRecord, ...]
    waiting: tuple[EffortRecord, ...]
    hidden: int
    writes: bool

    @property
    def told(self) -> Decimal | None:
        """What the sources say of the money of all that came under it; nothing where one says none."""
        amounts = [each.budget for each in self.kept]
        if not amounts or None in amounts:
            return None
        return sum((each for each in amounts if each is not None), Decimal(0))


def one_effort(session: Session, engine: Engine, person: int, ref: str) -> OneEffort:
    """The records of the effort of the programme called `ref`; somebody who may not know of it is told that there is none."""
    case = visible_case(session, engine, person, ref)
    known = known_to(person, case.today).label("known")
    rows = session.execute(
        select(
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state, LifecycleCase.version,
            LifecycleCase.footing, LifecycleCase.definition_id, Programme.starts, Programme.ends,
            Programme.budget_usd, _PROPOSER.name, _PROPOSER.id.label("proposer"), known,
        )
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .outerjoin(_PROPOSER, _PROPOSER.id == _LAST)
        .where(
            LifecycleCase.parent_id == case.id,
            LifecycleCase.footing.in_([Footing.KEPT.value, Footing.RECORD.value]),
        )
        .order_by(LifecycleCase.ref)
    ).all()  # fmt: skip
    shown = [row for row in rows if row.known]
    own = select(Programme.budget_usd).where(Programme.case_id == case.id)
    return OneEffort(
        case=case,
        budget=session.scalar(own),
        kept=_records(session, engine, person, shown, Footing.KEPT),
        waiting=_records(session, engine, person, shown, Footing.RECORD),
        hidden=len(rows) - len(shown),
        writes=decides(session, person, case.today),
    )


def _records(
    session: Session, engine: Engine, person: int, rows: Iterable[Any], footing: Footing
) -> tuple[EffortRecord, ...]:
    return tuple(
        EffortRecord(
            ref=row.ref,
            title=row.title,
            state=engine.definition(row.definition_id, session).states[row.state],
            version=row.version,
            starts=row.starts,
            ends=row.ends,
            budget=row.budget_usd,
            by=row.name or "",
            mine=row.proposer == person,
        )
        for row in rows
        if row.footing == footing.value
    )
