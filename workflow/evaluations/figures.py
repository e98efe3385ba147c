"""How many recommendations were accepted and actions completed, by party, and how programmes were rated, in a year.

Counted are evaluations that are published, which everybody reads, so that the figures are the same for everybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.evaluations.derive import CRITERIA
from workflow.evaluations.filters import EvaluationFilters, of_party, standing, years
from workflow.evaluations.models import CriterionRating, KeyAction, Recommendation
from workflow.people.models import Party

Counts = Mapping[str, int]
SCALE = range(6, 0, -1)


@dataclass(frozen=True, slots=True)
class PartyFigures:
    """Of one party: recommendations to it by answer, and actions of it by how they stand; `key` is empty for nobody's."""

    key: str
    name: str
    recommendations: Counts
    actions: Counts


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """How often each number of points was given for a criterion."""

    criterion: str
    given: Mapping[int, int]

    @property
    def number(self) -> int:
        """How many ratings there are."""
        return sum(self.given.values())

    @property
    def average(self) -> Decimal | None:
        """The average, to one decimal; none where nobody rated."""
        if not self.number:
            return None
        whole = sum(points * times for points, times in self.given.items())
        return (Decimal(whole) / self.number).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class EvaluationFigures:
    """The figures of a year; `year` is none where nothing was published yet."""

    year: int | None
    years: tuple[int, ...]
    filters: EvaluationFilters
    parties: tuple[PartyFigures, ...]
    recommendations: Counts
    actions: Counts
    criteria: tuple[CriterionFigures, ...]


def evaluation_figures(
    session: Session, filters: EvaluationFilters, today: date
) -> EvaluationFigures:
    """What evaluations came to in a year, of all parties or of one."""
    known = years(session)
    newest = next(iter(years(session, of_reports=True)), None)
    year = filters.year if filters.year in known else newest
    asked = _counted(session, Recommendation.party_id, Recommendation.answer, year, filters)
    acted = _counted(session, KeyAction.party_id, standing(today), year, filters)
    return EvaluationFigures(
        year=year,
        years=known,
        filters=filters,
        parties=_by_party(session, asked, acted),
        recommendations=_summed(asked.values()),
        actions=_summed(acted.values()),
        criteria=_criteria(session, year),
    )


def _counted(
    session: Session, party: Any, what: Any, year: int | None, filters: EvaluationFilters
) -> Mapping[int | None, Counts]:
    """How many rows of each kind every party has in the year."""
    table = party.class_
    rows = session.execute(
        select(party, what, func.count())
        .where(table.open, table.year == year, *of_party(party, filters.party))
        .group_by(party, what)
    )
    found: dict[int | None, dict[str, int]] = {}
    for of, how, number in rows:
        found.setdefault(of, {})[how] = number
    return found


def _by_party(
    session: Session, asked: Mapping[int | None, Counts], acted: Mapping[int | None, Counts]
) -> tuple[PartyFigures, ...]:
    concerned = asked.keys() | acted.keys()
    rows = session.execute(
        select(Party.id, Party.key, Party.name)
        .where(Party.id.in_([each for each in concerned if each is not None]))
        .order_by(Party.name)
    )
    found = [
        PartyFigures(key, name, asked.get(of, {}), acted.get(of, {})) for of, key, name in rows
    ]
    if None in concerned:
        found.append(PartyFigures("", "", asked.get(None, {}), acted.get(None, {})))
    return tuple(found)


def _criteria(session: Session, year: int | None) -> tuple[CriterionFigures, ...]:
    rows = session.execute(
        select(CriterionRating.criterion, CriterionRating.points, func.count())
        .where(CriterionRating.open, CriterionRating.year == year)
        .group_by(CriterionRating.criterion, CriterionRating.points)
    )
    given: dict[str, dict[int, int]] = {}
    for criterion, points, number in rows:
        given.setdefault(criterion, {})[points] = number
    return tuple(CriterionFigures(each, given.get(each, {})) for each in CRITERIA)


def _summed(counts: Iterable[Counts]) -> Counts:
    found: dict[str, int] = {}
    for each in counts:
        for key, number in each.items():
            found[key] = found.get(key, 0) + number
    return found
