"""Counts over the portfolio, and what its filters offer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import CaseArea, CaseParty
from workflow.frameworks.models import Framework
from workflow.frameworks.queries import years_of
from workflow.people.groupings.models import Grouping
from workflow.people.models import Party
from workflow.programmes.lists.filters import ProgrammeFilters, Rows
from workflow.programmes.lists.lookup import Wanted
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.sight import ListSight, seen, sight, together
from workflow.programmes.lists.tally import tally
from workflow.vocabulary import Stage

# Counted by an index alone, and by looking at each line.
MOST_COUNTED, MOST_FOUND = 1000, 100
LIVE = 2


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What the filters offer, as (value, label): only what some programme has, and every grouping."""

    frameworks: tuple[tuple[str, str], ...]
    groupings: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortfolioCounts:
    """How many programmes stand in each stage, and in how many somebody is asked something.

    Of many that cannot be counted at once, as many are counted as `most` says: then `more` says that
    there are more, and of the stages nothing is known. `many_live` says so of `live`.
    """

    stages: Mapping[Stage, int]
    total: int
    more: bool
    live: int
    most: int

    @property
    def many_live(self) -> bool:
        """Whether there are more of the live ones than were counted."""
        return self.live > self.most


def counts(
    session: Session, person: int, filters: ProgrammeFilters, wanted: Wanted, now: datetime
) -> PortfolioCounts:
    """How many there are under every filter but that of the stage."""
    of = sight(session, person, now)
    most = MOST_FOUND if filters.relating and not wanted.few else MOST_COUNTED
    live = _live(session, of, wanted, most + 1)
    if filters.relating:
        stages = by_stage(session, of, wanted.anywhere, None if wanted.few else most + 1)
        total = sum(stages.values())
        return PortfolioCounts(stages, total, not wanted.few and total > most, live, most)
    by_framework = stages_by_framework(session, person, now)
    chosen = [filters.framework] if filters.framework else list(by_framework)
    found: Counter[Stage] = Counter()
    for key in chosen:
        found.update(by_framework.get(key, {}))
    return PortfolioCounts(found, found.total(), more=False, live=live, most=most)


def stages_by_framework(
    session: Session, person: int, now: datetime
) -> Mapping[str, Mapping[Stage, int]]:
    """How many programmes each framework has in each stage, of those the person may know of.

    Those of no framework stand under no name.
    """
    found: dict[str, Counter[Stage]] = {}
    for (key, stage), number in _standing(session, person, now).items():
        if number:
            found.setdefault(key, Counter())[Stage(stage)] += number
    return found


def _standing(session: Session, person: int, now: datetime) -> Mapping[tuple[str, str], int]:
    """How many programmes of each framework and stage the person may know of."""
    own = sight(session, person, now).own
    if own is None:
        return tally(session, whole=True)
    found = Counter(tally(session, whole=False))
    private = (
        select(Framework.key, own.c.stage, func.count())
        .select_from(own)
        .outerjoin(Framework, Framework.id == own.c.framework_id)
        .group_by(Framework.key, own.c.stage)
    )
    found.update({(key or "", stage): number for key, stage, number in session.execute(private)})
    return found


def _live(session: Session, of: ListSight, wanted: Wanted, most: int) -> int:
    """How many lines that a person sees ask something of somebody, and not many more than `most`."""

    def ending(statement: Rows) -> Rows:
        return statement.where(ListedProgramme.urgency == LIVE, *wanted.anywhere).limit(most)

    urgency = ListedProgramme.urgency
    if of.own is None or wanted.anywhere:
        lines = seen(of, (urgency,), ending)
    else:
        own = select(of.own.c.urgency).where(of.own.c.urgency == LIVE)
        lines = together(ending(select(urgency).where(of.public)), own.limit(most))
    return (
        session.scalar(select(func.count()).select_from(select(lines).limit(most).subquery())) or 0
    )


def by_stage(
    session: Session, of: ListSight, conditions: tuple[Any, ...], most: int | None
) -> dict[Stage, int]:
    """How many lines that a person sees meet the conditions, by stage; at most so many of each kind."""

    def ending(statement: Rows) -> Rows:
        return statement.where(*conditions).limit(most)

    lines = seen(of, (ListedProgramme.stage,), ending)
    some = select(lines).limit(most).subquery()
    rows = session.execute(select(some.c.stage, func.count()).group_by(some.c.stage))
    return {Stage(stage): number for stage, number in rows}


def choices(session: Session, person: int, now: datetime) -> FilterChoices:
    """What the filters offer to this person."""
    of = sight(session, person, now)
    entered = _entered(session)
    return FilterChoices(
        frameworks=tuple(
            (row.key, f"{row.label}, {years_of(row.first_year, row.last_year)}")
            for row in entered
            if row.first_year
        ),
        groupings=tuple((row.key, row.label) for row in entered if not row.first_year),
        countries=_countries(session, of),
        areas=_areas(session, of),
    )


def _entered(session: Session) -> Sequence[Any]:
    """The frameworks, the newest first, and the groupings, which have no years, by their labels."""
    label = Framework.title.label("label")
    every = union_all(
        select(Framework.key, label, Framework.first_year, Framework.last_year),
        select(Grouping.key, Grouping.label, literal(0), literal(0)),
    ).subquery()
    return session.execute(select(every).order_by(every.c.first_year.desc(), every.c.label)).all()


def _countries(session: Session, of: ListSight) -> tuple[tuple[str, str], ...]:
    """The countries that take part in a programme that the person sees: of each, one is looked for."""
    listed = select(Party.iso3, Party.name).where(
        Party.iso3.is_not(None), _one_of(of, CaseParty.case_id, CaseParty.party_id == Party.id)
    )
    rows = session.execute(listed.order_by(Party.name))
    return tuple((str(iso3), name) for iso3, name in rows)


def _areas(session: Session, of: ListSight) -> tuple[str, ...]:
    """The areas of programmes that the person sees: each is found from the one before it."""
    first = select(func.min(CaseArea.area).label("area")).cte("found", recursive=True)
    later = aliased(CaseArea)
    following = (
        select(func.min(later.area))
        .where(later.area > first.c.area)
        .correlate(first)
        .scalar_subquery()
    )
    every = first.union_all(select(following).where(first.c.area.is_not(None)))
    rows = select(every.c.area).where(
        every.c.area.is_not(None), _one_of(of, CaseArea.case_id, CaseArea.area == every.c.area)
    )
    return tuple(session.scalars(rows.order_by(every.c.area)))


def _one_of(of: ListSight, case_id: Any, part: Any) -> ColumnElement[bool]:
    """The condition that the person sees a programme with this part; no further one is looked at."""
    one = select(case_id).where(part)
    return or_(*(_some(one, case_id, each) for each in of.both))


def _some(one: Select[Any], case_id: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that one of the parts is of a line that meets the condition."""
    line = exists().where(ListedProgramme.case_id == case_id, condition)
    return one.where(line).limit(1).scalar_subquery().is_not(None)
