"""The portfolio: every programme that a person may know of, filtered, sorted and counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import State
from workflow.people.models import Party
from workflow.programmes.lists import counts
from workflow.programmes.lists.filters import SORTED, ProgrammeFilters, Rows, narrowed, programmes
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.vocabulary import Stage

PAGE = 25
FAR = 10_000


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme as a list shows it, with whose move it is."""

    ref: str
    title: str
    framework: str
    leads: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    areas: tuple[str, ...]
    stage: Stage
    state: State
    since: datetime
    imported: bool
    budget: Decimal | None
    moves: tuple[PendingRound, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """One page of the portfolio.

    `stages` counts under every filter but that of the stage, and so does `live`: those where
    somebody is asked something.
    """

    lines: tuple[ProgrammeLine, ...]
    found: int
    live: int
    stages: Mapping[Stage, int]
    filters: ProgrammeFilters
    choices: counts.FilterChoices
    pages: int

    @property
    def total(self) -> int:
        """How many there are in all stages."""
        return sum(self.stages.values())


def portfolio(
    session: Session, engine: Engine, person: int, filters: ProgrammeFilters, now: datetime
) -> PortfolioPage:
    """The programmes that `person` may know of and the filters leave, a page of them."""
    stages = counts.stages(session, person, filters, now)
    found = stages.get(filters.known_stage, 0) if filters.known_stage else sum(stages.values())
    shown = (
        _sorted(_columns(person, filters, now), filters)
        .offset((min(filters.page, FAR) - 1) * PAGE)
        .limit(PAGE)
    )
    return PortfolioPage(
        lines=_lines(session, engine, session.execute(shown).all()),
        found=found,
        live=counts.live(session, person, filters, now),
        stages={stage: stages.get(stage, 0) for stage in Stage},
        filters=filters,
        choices=counts.choices(session, person, now),
        pages=-(-found // PAGE),
    )


def whole_portfolio(
    session: Session, engine: Engine, person: int, filters: ProgrammeFilters, now: datetime
) -> tuple[ProgrammeLine, ...]:
    """Every programme that the filters leave, in the order asked for, to be taken away."""
    rows = session.execute(_sorted(_columns(person, filters, now), filters)).all()
    return _lines(session, engine, rows)


def _columns(person: int, filters: ProgrammeFilters, now: datetime) -> Rows:
    statement: Rows = select(
        LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
        LifecycleCase.stage, LifecycleCase.entered_at, LifecycleCase.definition_id,
        Programme.budget_usd, Framework.title.label("framework"),
        ImportedProgramme.external_key,
    )  # fmt: skip
    joined = (
        programmes(statement, person, now)
        .outerjoin(Framework, Framework.id == Programme.framework_id)
        .outerjoin(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
    )
    return narrowed(joined, filters)


def _sorted(statement: Rows, filters: ProgrammeFilters) -> Rows:
    """In the order asked for; what is equal there stands in the order of entry."""
    return statement.order_by(*SORTED[filters.known_sort], LifecycleCase.id)


def _lines(session: Session, engine: Engine, rows: Collection[Any]) -> tuple[ProgrammeLine, ...]:
    """The rows with their parties, areas and open rounds, each read once for all of them."""
    ids = [row.id for row in rows]
    parties, areas, owed = (
        _parties(session, ids),
        _areas(session, ids),
        pending_rounds(session, engine, ids),
    )
    return tuple(
        ProgrammeLine(
            ref=row.ref,
            title=row.title,
            framework=row.framework or "",
            leads=tuple(parties.get((row.id, "lead"), ())),
            beneficiaries=tuple(parties.get((row.id, "beneficiary"), ())),
            areas=tuple(areas.get(row.id, ())),
            stage=Stage(row.stage),
            state=engine.definition(row.definition_id, session).states[row.state],
            since=row.entered_at,
            imported=row.external_key is not None,
            budget=row.budget_usd,
            moves=owed.get(row.id, ()),
        )
        for row in rows
    )


def _parties(session: Session, ids: Collection[int]) -> dict[tuple[int, str], list[str]]:
    rows = session.execute(
        select(CaseParty.case_id, CaseParty.capacity, Party.name)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(ids), CaseParty.capacity.in_(("lead", "beneficiary")))
        .order_by(Party.name)
    )
    found: dict[tuple[int, str], list[str]] = {}
    for case_id, capacity, name in rows:
        found.setdefault((case_id, capacity), []).append(name)
    return found


def _areas(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(CaseArea.case_id, CaseArea.area)
        .where(CaseArea.case_id.in_(ids))
        .order_by(CaseArea.area)
    )
    found: dict[int, list[str]] = {}
    for case_id, area in rows:
        found.setdefault(case_id, []).append(area)
    return found
