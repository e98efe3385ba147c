"""What a person looks for in the portfolio, as conditions on what lists go by."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.frameworks.models import Framework
from workflow.people.groupings.memberships import members
from workflow.people.models import Party
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.orders import ORDERS
from workflow.programmes.lists.search import mentioning, mentions, read_through
from workflow.programmes.models import Programme
from workflow.reference import reference
from workflow.vocabulary import Stage

Rows = Select[*tuple[Any, ...]]

DEFAULT = "since"


@dataclass(frozen=True, slots=True)
class ProgrammeFilters:
    """What the portfolio is narrowed to, and how it is sorted; empty means everything.

    `after` and `before` say where the page next to this one ended or began.
    """

    text: str = ""
    framework: str = ""
    stage: str = ""
    country: str = ""
    region: str = ""
    subregion: str = ""
    grouping: str = ""
    area: str = ""
    sort: str = DEFAULT
    page: int = 1
    after: str = ""
    before: str = ""

    @property
    def known_stage(self) -> Stage | None:
        """The stage asked for, if there is such a one."""
        return Stage(self.stage) if self.stage in set(Stage) else None

    @property
    def known_sort(self) -> str:
        """The order asked for, or the usual one."""
        return self.sort if self.sort in ORDERS else DEFAULT

    @property
    def relating(self) -> bool:
        """Whether more is asked for than a framework and a stage."""
        return any((self.text, self.country, self.region, self.subregion, self.grouping, self.area))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return self.relating or bool(self.framework or self.stage)


def programmes(statement: Rows, person: int, now: datetime) -> Rows:
    """`statement`, from the programmes that `person` may know of."""
    return (
        statement.select_from(LifecycleCase)
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .join(ListedProgramme, ListedProgramme.case_id == LifecycleCase.id)
        .where(known_to(person, now.date()), LifecycleCase.definition_id.is_not(None))
    )


def narrowed(statement: Rows, filters: ProgrammeFilters, on: date) -> Rows:
    """The statement with every filter; an unknown value finds nothing, an unknown stage is none."""
    return statement.where(*standing(filters), *related(filters, on))


def standing(filters: ProgrammeFilters, *, stage: bool = True) -> list[ColumnElement[bool]]:
    """That a programme is of the framework, and stands in the stage, that are asked for."""
    found = []
    if filters.framework:
        key = select(Framework.id).where(Framework.key == filters.framework)
        found.append(ListedProgramme.framework_id == key.scalar_subquery())
    if stage and filters.known_stage:
        found.append(ListedProgramme.stage == filters.known_stage.value)
    return found


def related(filters: ProgrammeFilters, on: date) -> list[ColumnElement[bool]]:
    """That a programme has the text, the countries and the area that are asked for.

    Who belongs to a grouping is asked of one day.
    """
    found: list[ColumnElement[bool]] = [
        exists().where(CaseParty.case_id == ListedProgramme.case_id, CaseParty.party_id.in_(each))
        for each in _parties(filters, on)
    ]
    if filters.area:
        here = (CaseArea.case_id == ListedProgramme.case_id, CaseArea.area == filters.area)
        found.append(exists().where(*here))
    if filters.text:
        found.append(mentions(ListedProgramme.case_id, filters.text))
    return found


def sources(filters: ProgrammeFilters, on: date) -> Iterator[Select[int]]:
    """For each of these, where to find such programmes if there are few."""
    indexed = mentioning(filters.text)
    if indexed is not None:
        yield indexed
    for each in _parties(filters, on):
        yield select(CaseParty.case_id).where(CaseParty.party_id.in_(each))
    if filters.area:
        yield select(CaseArea.case_id).where(CaseArea.area == filters.area)
    if filters.text and indexed is None:
        yield read_through(filters.text)


def _parties(filters: ProgrammeFilters, on: date) -> Iterator[Select[int]]:
    """The parties one of which has to take part, in whatever capacity."""
    if filters.country:
        yield _of([filters.country])
    if filters.region:
        yield _of(reference().regions.get(filters.region, ()))
    if filters.subregion:
        yield _of(reference().subregions.get(filters.subregion, ()))
    if filters.grouping:
        yield select(Party.id).where(Party.iso3.in_(members(filters.grouping, on)))


def _of(countries: Collection[str]) -> Select[int]:
    return select(Party.id).where(Party.iso3.in_(list(countries)))
