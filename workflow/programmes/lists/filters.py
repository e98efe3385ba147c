"""What a person looks for in the portfolio, as conditions on its statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to
from workflow.frameworks.models import Framework
from workflow.people.models import Party
from workflow.programmes.models import Programme
from workflow.reference import reference
from workflow.search_key import fold
from workflow.vocabulary import Stage

Rows = Select[*tuple[Any, ...]]

DEFAULT = "since"
# Somebody is asked something.
LIVE = exists().where(Round.case_id == LifecycleCase.id, Round.status == "open")
SORTED: Mapping[str, tuple[Any, ...]] = {
    "since": (
        case((LIVE, 0), (LifecycleCase.stage != Stage.END.value, 1), else_=2),
        LifecycleCase.entered_at.desc(),
    ),
    "title": (func.lower(LifecycleCase.title),),
    "ref": (LifecycleCase.ref,),
    "budget": (Programme.budget_usd.desc().nulls_last(),),
}


@dataclass(frozen=True, slots=True)
class ProgrammeFilters:
    """What the portfolio is narrowed to, and how it is sorted; empty means everything."""

    text: str = ""
    framework: str = ""
    stage: str = ""
    country: str = ""
    region: str = ""
    area: str = ""
    sort: str = DEFAULT
    page: int = 1

    @property
    def known_stage(self) -> Stage | None:
        """The stage asked for, if there is such a one."""
        return Stage(self.stage) if self.stage in set(Stage) else None

    @property
    def known_sort(self) -> str:
        """The order asked for, or the usual one."""
        return self.sort if self.sort in SORTED else DEFAULT

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.text, self.framework, self.stage, self.country, self.region, self.area))


def programmes(statement: Rows, person: int, now: datetime) -> Rows:
    """`statement`, from the programmes that `person` may know of."""
    return (
        statement.select_from(LifecycleCase)
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .where(known_to(person, now.date()), LifecycleCase.definition_id.is_not(None))
    )


def narrowed(statement: Rows, filters: ProgrammeFilters, *, stage: bool = True) -> Rows:
    """The statement with every filter; an unknown value finds nothing, an unknown stage is none."""
    conditions = []
    if filters.text:
        conditions.append(speaks_of(filters.text))
    if filters.framework:
        key = select(Framework.id).where(Framework.key == filters.framework)
        conditions.append(Programme.framework_id.in_(key))
    if stage and filters.known_stage:
        conditions.append(LifecycleCase.stage == filters.known_stage.value)
    if filters.country:
        conditions.append(_takes_part([filters.country]))
    if filters.region:
        conditions.append(_takes_part(reference().regions.get(filters.region, ())))
    if filters.area:
        here = select(CaseArea.case_id).where(CaseArea.area == filters.area)
        conditions.append(LifecycleCase.id.in_(here))
    return statement.where(*conditions)


def speaks_of(text: str) -> ColumnElement[bool]:
    """That a programme has every word of `text` in it, or `text` in its reference."""
    words = [Programme.search_text.contains(word, autoescape=True) for word in fold(text).split()]
    ref = LifecycleCase.ref.icontains(text.strip(), autoescape=True)
    return or_(and_(*words), ref) if words else ref


def _takes_part(countries: Any) -> ColumnElement[bool]:
    """That one of `countries` takes part, in whatever capacity."""
    parties = select(Party.id).where(Party.iso3.in_(list(countries)))
    return LifecycleCase.id.in_(select(CaseParty.case_id).where(CaseParty.party_id.in_(parties)))
