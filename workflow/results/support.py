"""How partners rate the support of the office, year by year: from what they say in accepted reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.results.filed_texts import accepted
from workflow.results.models import ReportedPeriod

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class SupportInYear:
    """How many accepted reports on periods that ended in a year gave which rating, from 1 to 6."""

    year: int
    given: Mapping[int, int]
    reports: int

    @property
    def rated(self) -> int:
        """How many of the reports rate the office."""
        return sum(self.given.values())

    @property
    def average(self) -> Decimal | None:
        """The mean rating, to a tenth; nothing where nobody rated."""
        if not self.rated:
            return None
        whole = sum(rating * number for rating, number in self.given.items())
        return (Decimal(whole) / self.rated).quantize(TENTH, ROUND_HALF_EVEN)


def support_by_year(session: Session) -> tuple[SupportInYear, ...]:
    """The ratings of every year of which a report is accepted, the newest first."""
    year = extract("year", ReportedPeriod.period_to)
    asked = (
        select(year.label("year"), ReportedPeriod.support, func.count().label("reports"))
        .join(LifecycleCase, LifecycleCase.id == ReportedPeriod.case_id)
        .where(accepted())
        .group_by(year, ReportedPeriod.support)
    )
    found: dict[int, dict[int | None, int]] = {}
    for row in session.execute(asked):
        found.setdefault(int(row.year), {})[row.support] = row.reports
    return tuple(
        SupportInYear(
            year=each,
            given=dict(sorted(_rated(given).items())),
            reports=sum(given.values()),
        )
        for each, given in sorted(found.items(), reverse=True)
    )


def _rated(given: Mapping[int | None, int]) -> dict[int, int]:
    return {rating: number for rating, number in given.items() if rating is not None}
