"""Reports under a case, and which of what they say of an indicator counts on a day: pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflow.results.consolidation import Consolidated, consolidated
from workflow.results.indicators import Actual, Indicator


class ReportStatus(StrEnum):
    """How far a report has come; what is accepted counts, and nothing else does."""

    OWED = "owed"
    SENT = "sent"
    ACCEPTED = "accepted"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report on a period: of a part of a programme, by its name, or of the whole where there is none.

    `actuals` are those that its reader may see, by the number of their indicator. It is `late` where it
    is owed and should have come by `due_on`.
    """

    ref: str
    title: str
    part: str
    status: ReportStatus
    period_from: date | None
    period_to: date | None
    due_on: date | None = None
    late: bool = False
    actuals: Mapping[str, Actual] = field(default_factory=dict)

    def tells_by(self, day: date) -> bool:
        """Whether its period was over on a day."""
        return self.period_to is not None and self.period_to <= day


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """What counts of an indicator: the actual, the report it stands in, or what the parts come to.

    `waiting` are figures that were reported for a later period and are not accepted yet, each with its report.
    """

    actual: Actual | None
    report: PeriodReport | None = None
    parts: Consolidated | None = None
    waiting: tuple[tuple[PeriodReport, Actual], ...] = ()


def compared_on(reports: Iterable[PeriodReport], today: date) -> date | None:
    """The end of the last period that was told of, or should have been; nothing while there is none."""
    days = [
        each.period_to
        for each in reports
        if each.period_to is not None and each.tells_by(today) and _counts(each)
    ]
    return max(days, default=None)


def _counts(report: PeriodReport) -> bool:
    return report.status is ReportStatus.ACCEPTED or report.late


def told_of(indicator: Indicator, reports: Sequence[PeriodReport], day: date) -> CountedFigure:
    """What was told of an indicator by a day: by the whole, or together by its parts, whichever is newer."""
    telling = [each for each in reports if each.tells_by(day) and indicator.code in each.actuals]
    known = [each for each in telling if each.status is ReportStatus.ACCEPTED]
    own = _newest(each for each in known if not each.part)
    parts = _of_parts(indicator, [each for each in reports if each.part], known)
    together = parts.actual if parts else None
    actual = own.actuals[indicator.code] if own else None
    if together is not None and (actual is None or together.period_to > actual.period_to):
        own, actual = None, together
    since = actual.period_to if actual else date.min
    waiting = tuple(
        (each, each.actuals[indicator.code])
        for each in telling
        if each.status is ReportStatus.SENT and (each.part or (each.period_to or since) > since)
    )
    return CountedFigure(actual, own, parts, waiting)


def _of_parts(
    indicator: Indicator, of_parts: Sequence[PeriodReport], known: Sequence[PeriodReport]
) -> Consolidated | None:
    names = sorted({each.part for each in of_parts})
    if not names:
        return None
    newest = {name: _newest(each for each in known if each.part == name) for name in names}
    told = {name: each.actuals[indicator.code] if each else None for name, each in newest.items()}
    return consolidated(indicator, told)


def _newest(reports: Iterable[PeriodReport]) -> PeriodReport | None:
    return max(reports, key=lambda each: (each.period_to or date.min, each.ref), default=None)
