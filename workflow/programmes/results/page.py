"""The results of a programme against their targets: how each indicator stands, and which report says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.programmes.documents.versions import content_of, readable_versions
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.results.derive import reports
from workflow.results.forms import INDICATORS
from workflow.results.indicators import Indicator
from workflow.results.kept import indicators_above, stated_in
from workflow.results.lights import IndicatorStanding, Light, standing
from workflow.results.parts import PartsBeside, parts_beside
from workflow.results.reported import reports_under
from workflow.results.reports import CountedFigure, PeriodReport, ReportStatus, compared_on, told_of


@dataclass(frozen=True, slots=True)
class ResultLine:
    """An indicator, how it stands, and what that was told by."""

    standing: IndicatorStanding
    told: CountedFigure

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.standing.indicator

    @property
    def drawn(self) -> tuple[int, int] | None:
        """How far the bar and the upright line reach, in percent of the way from baseline to target.

        Nothing to draw where nothing is reported, and where there is no way to go.
        """
        indicator, actual = self.indicator, self.standing.actual
        way = Fraction(indicator.target - indicator.baseline)
        if actual is None or not way:
            return None
        reached = Fraction(actual.value - indicator.baseline) / way
        should_be = Fraction(self.standing.should_be - indicator.baseline) / way
        return _percent(reached), _percent(should_be)


@dataclass(frozen=True, slots=True)
class PartLine:
    """What one part of a programme has reported: the last accepted period, and what it owes."""

    name: str
    accepted: PeriodReport | None
    owed: tuple[PeriodReport, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The results of a case as one person may see them, compared `on` a day.

    `above` is the case that states the indicators, by reference, where it is another one that the
    person may know of; `owed` are the reports of the whole that are not accepted yet. Of a report of the whole
    `beside` is what its parts reported.
    """

    case: VisibleCase
    on: date
    told: bool
    lines: tuple[ResultLine, ...]
    reports: tuple[PeriodReport, ...]
    parts: tuple[PartLine, ...]
    owed: tuple[PeriodReport, ...]
    above: str
    beside: PartsBeside | None = None

    def counted(self) -> Mapping[Light, int]:
        """How many indicators stand how."""
        return {light: sum(each.standing.light is light for each in self.lines) for light in Light}


def results_page(
    session: Session, engine: Engine, person: int, ref: str, on: date | None = None
) -> ResultsPage:
    """The results of the case called `ref`; somebody who may not know of it is told that there is none."""
    case = visible_case(session, engine, person, ref)
    holder, indicators = indicators_above(session, case.id)
    own = holder == case.id and _readable(session, case)
    day = min(on or case.today, case.today)
    reports = reports_under(session, engine, case.id, person, engine.now()) if own else ()
    known = tuple(each for each in reports if each.tells_by(day))
    compared = compared_on(known, day)
    return ResultsPage(
        case=case,
        on=compared or day,
        told=compared is not None,
        lines=tuple(_line(each, known, compared or day) for each in indicators) if own else (),
        reports=known,
        parts=_parts(reports, day),
        owed=tuple(each for each in reports if not each.part and _owed(each)),
        above=_ref(session, holder, case) if holder != case.id else "",
        beside=_beside(session, engine, case),
    )


def _beside(session: Session, engine: Engine, case: VisibleCase) -> PartsBeside | None:
    """What the parts reported beside a report of the whole, as far as the person may read it."""
    for kind in reports(case.definition):
        saved = next(iter(readable_versions(session, case, kind.key)), None)
        if saved is not None:
            content = content_of(session, case, kind.key, saved.version)
            return parts_beside(session, engine, (case.id, case.definition), kind, content)
    return None


def _readable(session: Session, case: VisibleCase) -> bool:
    """Whether the person may read the text in which the indicators stand."""
    source = stated_in(session, case.id)
    if source is None:
        return True
    kind, event_seq = source
    stated = next(field for field in case.kind(kind).fields() if field.key == INDICATORS)
    return case.sight.paper(kind, event_seq, None) and case.sight.field(stated)


def _line(indicator: Indicator, reports: Sequence[PeriodReport], day: date) -> ResultLine:
    told = told_of(indicator, reports, day)
    return ResultLine(standing(indicator, told.actual, day), told)


def _parts(reports: Sequence[PeriodReport], day: date) -> tuple[PartLine, ...]:
    names = sorted({each.part for each in reports if each.part})
    return tuple(_part(name, [r for r in reports if r.part == name], day) for name in names)


def _part(name: str, reports: Sequence[PeriodReport], day: date) -> PartLine:
    accepted = [r for r in reports if r.status is ReportStatus.ACCEPTED and r.tells_by(day)]
    newest = max(accepted, key=lambda each: each.period_to or date.min, default=None)
    return PartLine(name, newest, tuple(filter(_owed, reports)))


def _owed(report: PeriodReport) -> bool:
    return report.status in (ReportStatus.OWED, ReportStatus.SENT)


def _ref(session: Session, holder: int, case: VisibleCase) -> str:
    """The reference of the case that states the indicators, for who may know of it."""
    known = known_to(case.person, case.today)
    named = select(LifecycleCase.ref).where(LifecycleCase.id == holder, known)
    return session.scalar(named) or ""


def _percent(share: Fraction) -> int:
    return round(min(max(share, Fraction(0)), Fraction(1)) * 100)
