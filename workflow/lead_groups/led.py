"""The programmes that a lead group leads, with their figures, for whoever may know of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.ledger.models import SourceMoney
from workflow.lifecycles.definition import Definition, State
from workflow.people.models import Party
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.programmes.models import Programme

CENTS = 100


@dataclass(frozen=True, slots=True)
class LedLine:
    """One programme: for which countries, how it stands, and what it costs and has spent in dollars."""

    id: int
    ref: str
    title: str
    countries: tuple[str, ...]
    definition: Definition
    state: State
    since: datetime
    budget: Decimal | None
    spent: Decimal

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.state.final


@dataclass(frozen=True, slots=True)
class LedTotal:
    """What all of them come to."""

    programmes: int
    countries: int
    budget: Decimal
    spent: Decimal


def led_by(
    session: Session, engine: Engine, person: int, group: int, today: date
) -> tuple[LedLine, ...]:
    """The programmes that the group leads now and somebody may know of, the oldest first."""
    rows = session.execute(
        select(
            LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
            LifecycleCase.definition_id, Programme.budget_usd, LedProgramme.taken_on_at,
        )
        .join(LedProgramme, LedProgramme.programme_id == LifecycleCase.id)
        .outerjoin(Programme, Programme.case_id == LifecycleCase.id)
        .where(LedProgramme.group_id == group, LedProgramme.let_go_at.is_(None))
        .where(known_to(person, today))
        .order_by(LifecycleCase.id)
    ).all()  # fmt: skip
    cases = [row.id for row in rows]
    countries, spent = _countries(session, cases), _spent(session, cases)
    found = []
    for row in rows:
        definition = engine.definition(row.definition_id or 0, session)
        found.append(
            LedLine(
                id=row.id,
                ref=row.ref,
                title=row.title,
                countries=countries.get(row.id, ()),
                definition=definition,
                state=definition.states[row.state],
                since=row.taken_on_at,
                budget=row.budget_usd,
                spent=spent.get(row.id, Decimal()),
            )
        )
    return tuple(found)


def total_of(lines: Sequence[LedLine]) -> LedTotal:
    """The sum of them; a country in two of them counts once."""
    return LedTotal(
        programmes=len(lines),
        countries=len({code for line in lines for code in line.countries}),
        budget=sum((line.budget or Decimal() for line in lines), Decimal()),
        spent=sum((line.spent for line in lines), Decimal()),
    )


def _countries(session: Session, cases: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    rows = session.execute(
        select(CaseParty.case_id, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(cases), CaseParty.capacity == "beneficiary")
        .order_by(Party.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.case_id] = (*found.get(row.case_id, ()), row.iso3 or "")
    return found


def _spent(session: Session, cases: Sequence[int]) -> Mapping[int, Decimal]:
    rows = session.execute(
        select(SourceMoney.case_id, func.sum(SourceMoney.expenditure_usd).label("cents"))
        .where(SourceMoney.case_id.in_(cases))
        .group_by(SourceMoney.case_id)
    )
    return {row.case_id: Decimal(int(row.cents or 0)) / CENTS for row in rows}
