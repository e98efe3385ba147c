"""The portfolio: every programme that a person may know of, filtered, sorted and counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.definition import State
from workflow.engine.engine import Engine
from workflow.engine.moves import Move, moves
from workflow.engine.records import CaseArea, CaseParty, LifecycleCase
from workflow.frameworks.records import Framework
from workflow.people.records import Party
from workflow.programmes.records import ImportedProgramme, Programme
from workflow.programmes.sought import SORTED, Filters, Rows, narrowed, programmes
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
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, as (value, label): only what some programme has."""

    frameworks: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """One page of the portfolio; `stages` counts under every filter but that of the stage."""

    lines: tuple[ProgrammeLine, ...]
    found: int
    stages: Mapping[Stage, int]
    filters: Filters
    choices: Choices
    pages: int

    @property
    def total(self) -> int:
        """How many there are in all stages."""
        return sum(self.stages.values())

    @property
    def live(self) -> int:
        """How many of them have not ended."""
        return self.total - self.stages[Stage.END]


def portfolio(
    session: Session, engine: Engine, person: int, filters: Filters, now: datetime
) -> PortfolioPage:
    """The programmes that `person` may know of and the filters leave, a page of them."""
    stages = _stages(session, person, filters, now)
    found = stages.get(filters.known_stage, 0) if filters.known_stage else sum(stages.values())
    shown = (
        _sorted(_columns(person, filters, now), filters)
        .offset((min(filters.page, FAR) - 1) * PAGE)
        .limit(PAGE)
    )
    return PortfolioPage(
        lines=_lines(session, engine, session.execute(shown).all()),
        found=found,
        stages={stage: stages.get(stage, 0) for stage in Stage},
        filters=filters,
        choices=_choices(session, person, now),
        pages=-(-found // PAGE),
    )


def whole_portfolio(
    session: Session, engine: Engine, person: int, filters: Filters, now: datetime
) -> tuple[ProgrammeLine, ...]:
    """Every programme that the filters leave, in the order asked for, to be taken away."""
    rows = session.execute(_sorted(_columns(person, filters, now), filters)).all()
    return _lines(session, engine, rows)


def stages_by_framework(
    session: Session, person: int, now: datetime
) -> Mapping[str, Mapping[Stage, int]]:
    """How many programmes each framework has in each stage, of those the person may know of."""
    counted: Rows = select(Framework.key, LifecycleCase.stage, func.count())
    rows = session.execute(
        programmes(counted, person, now)
        .join(Framework, Framework.id == Programme.framework_id)
        .group_by(Framework.key, LifecycleCase.stage)
    )
    found: dict[str, dict[Stage, int]] = {}
    for key, stage, number in rows:
        found.setdefault(key, {})[Stage(stage)] = number
    return found


def _columns(person: int, filters: Filters, now: datetime) -> Rows:
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


def _sorted(statement: Rows, filters: Filters) -> Rows:
    """In the order asked for; what is equal there stands in the order of entry."""
    return statement.order_by(*SORTED[filters.known_sort], LifecycleCase.id)


def _stages(session: Session, person: int, filters: Filters, now: datetime) -> dict[Stage, int]:
    counted: Rows = select(LifecycleCase.stage, func.count())
    statement = narrowed(programmes(counted, person, now), filters, stage=False)
    rows = session.execute(statement.group_by(LifecycleCase.stage))
    return {Stage(stage): number for stage, number in rows}


def _lines(session: Session, engine: Engine, rows: Collection[Any]) -> tuple[ProgrammeLine, ...]:
    """The rows with their parties, areas and open rounds, each read once for all of them."""
    ids = [row.id for row in rows]
    parties, areas, owed = _parties(session, ids), _areas(session, ids), moves(session, engine, ids)
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


def _choices(session: Session, person: int, now: datetime) -> Choices:
    known: Rows = select(LifecycleCase.id)
    seen = programmes(known, person, now).scalar_subquery()
    frameworks = session.execute(
        select(Framework.key, Framework.title, Framework.first_year, Framework.last_year).order_by(
            Framework.first_year.desc()
        )
    )
    countries = session.execute(
        select(Party.iso3, Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(Party.iso3.is_not(None), CaseParty.case_id.in_(seen))
        .distinct()
        .order_by(Party.name)
    )
    areas = session.scalars(
        select(CaseArea.area).where(CaseArea.case_id.in_(seen)).distinct().order_by(CaseArea.area)
    )
    return Choices(
        frameworks=tuple(
            (key, f"{title}, {first}–{last}") for key, title, first, last in frameworks
        ),
        countries=tuple((str(iso3), name) for iso3, name in countries),
        areas=tuple(areas),
    )
