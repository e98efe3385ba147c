"""The areas of a framework: how many programmes stand where, how many are late, and who leads."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.approaches.filters import ApproachFilters, ApproachStanding
from workflow.approaches.lines import ApproachLine, approaches
from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea
from workflow.framework_pages.needs import Needs
from workflow.frameworks.tallies import areas_tallied
from workflow.people.queries import PivotalCountry
from workflow.programmes.lists.sight import sight
from workflow.reference import reference
from workflow.vocabulary import Stage

# So many countries a lead group needs.
LEAST_LEADS = 2


@dataclass(frozen=True, slots=True)
class AreaLead:
    """A pivotal country that wants to lead in an area, with since when."""

    iso3: str
    name: str
    since: date | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with its programmes by stage, those among them that are late, and who leads in it.

    `asked` are approaches of this framework in it that wait for an answer. `of_framework` says that the
    framework names it.
    """

    area: str
    of_framework: bool
    stages: Mapping[Stage, int] = field(default_factory=dict)
    late: Mapping[Stage, int] = field(default_factory=dict)
    leads: tuple[AreaLead, ...] = ()
    asked: tuple[ApproachLine, ...] = ()

    @property
    def total(self) -> int:
        """How many programmes are of it."""
        return sum(self.stages.values())

    @property
    def alone(self) -> bool:
        """Whether fewer lead than a lead group needs."""
        return 0 < len(self.leads) < LEAST_LEADS


def area_rows(
    named: Sequence[str],
    counted: Counter[tuple[str, str]],
    asked: Sequence[ApproachLine],
    countries: Sequence[PivotalCountry],
    needs: Needs,
) -> tuple[AreaRow, ...]:
    """The areas that a framework names, then those that some programme or approach under it names."""
    there = {area for (area, _), number in counted.items() if number}
    return tuple(
        AreaRow(
            area=area,
            of_framework=area in named,
            stages={stage: number for stage in Stage if (number := counted[area, stage.value])},
            late={stage: number for stage in Stage if (number := needs.late_in(area, stage))},
            leads=tuple(_leads(area, countries)),
            asked=tuple(each for each in asked if each.area == area),
        )
        for area in _in_order(named, there | {each.area for each in asked})
    )


def _in_order(named: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    known = [*reference().areas]
    rest = sorted({*others} - {*named}, key=lambda area: (area not in known, area))
    return (
        *(area for area in known if area in named),
        *(a for a in named if a not in known),
        *rest,
    )


def _leads(area: str, countries: Sequence[PivotalCountry]) -> Iterable[AreaLead]:
    for country in countries:
        for interest in country.interests:
            if interest.area == area:
                yield AreaLead(country.party.iso3 or "", country.party.name, interest.registered_on)


def waiting_in(
    session: Session, engine: Engine, framework: str, person: int, now: datetime
) -> tuple[ApproachLine, ...]:
    """The newest approaches of a framework that wait for an answer and that somebody may know of."""
    waiting = ApproachFilters(framework=framework, stands=ApproachStanding.WAITING)
    return approaches(session, engine, person, waiting, now).lines


def areas_counted(
    session: Session, framework: int, person: int, now: datetime
) -> Counter[tuple[str, str]]:
    """How many programmes that the person may know of stand in each (area, stage), a programme in each of its areas."""
    own = sight(session, person, now).own
    if own is None:
        return areas_tallied(session, framework, whole=True)
    found = areas_tallied(session, framework, whole=False)
    private = (
        select(CaseArea.area, own.c.stage, func.count())
        .select_from(own)
        .join(CaseArea, CaseArea.case_id == own.c.case_id)
        .where(own.c.framework_id == framework)
        .group_by(CaseArea.area, own.c.stage)
    )
    found.update({(area, stage): number for area, stage, number in session.execute(private)})
    return found
