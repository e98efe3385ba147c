"""Counts over the portfolio, and what its filters offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.frameworks.models import Framework
from workflow.people.models import Party
from workflow.programmes.lists.filters import LIVE, ProgrammeFilters, Rows, narrowed, programmes
from workflow.programmes.models import Programme
from workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters offer, as (value, label): only what some programme has."""

    frameworks: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]


def stages(
    session: Session, person: int, filters: ProgrammeFilters, now: datetime
) -> dict[Stage, int]:
    """How many programmes stand in each stage, under every filter but that of the stage."""
    counted: Rows = select(LifecycleCase.stage, func.count())
    statement = narrowed(programmes(counted, person, now), filters, stage=False)
    rows = session.execute(statement.group_by(LifecycleCase.stage))
    return {Stage(stage): number for stage, number in rows}


def live(session: Session, person: int, filters: ProgrammeFilters, now: datetime) -> int:
    """How many of them ask something of somebody."""
    counted: Rows = select(func.count())
    statement = narrowed(programmes(counted, person, now), filters, stage=False)
    return session.scalar(statement.where(LIVE)) or 0


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


def choices(session: Session, person: int, now: datetime) -> FilterChoices:
    """What the filters offer to this person."""
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
    return FilterChoices(
        frameworks=tuple(
            (key, f"{title}, {first}–{last}") for key, title, first, last in frameworks
        ),
        countries=tuple((str(iso3), name) for iso3, name in countries),
        areas=tuple(areas),
    )
