"""What is asked of the figures of evaluations: a year, a party, and of lists what they list."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workflow.database import Base
from workflow.evaluations.models import CriterionRating, KeyAction, Recommendation
from workflow.people.models import Party


class EvaluationList(StrEnum):
    """What can be listed."""

    RECOMMENDATIONS = "recommendations"
    ACTIONS = "actions"
    RATINGS = "ratings"


class GivenResponse(StrEnum):
    """How a recommendation was answered."""

    ACCEPTED = "accepted"
    PARTLY = "partly_accepted"
    REJECTED = "rejected"


class ActionStanding(StrEnum):
    """How an action stands on a day: completed, ended in some other way, still open, or open past its day."""

    COMPLETED = "completed"
    OTHERWISE = "otherwise"
    OPEN = "open"
    OVERDUE = "overdue"


# The end of a follow-up in which its action was done.
DONE = "done"


@dataclass(frozen=True, slots=True)
class EvaluationFilters:
    """Figures of a year, or of the last one of which there are any; of a party by its key, where one is named.

    A list is of a year, or of all of them, and `of` something, of one `status` (of ratings a criterion), and begins `after` a line.
    """

    year: int | None = None
    party: str = ""
    of: EvaluationList = EvaluationList.RECOMMENDATIONS
    status: str = ""
    points: int | None = None
    after: str = ""


def standing(today: date) -> ColumnElement[str]:
    """How an action stands, as a column."""
    return case(
        (and_(KeyAction.ended, KeyAction.state == DONE), ActionStanding.COMPLETED.value),
        (KeyAction.ended, ActionStanding.OTHERWISE.value),
        (KeyAction.due < today, ActionStanding.OVERDUE.value),
        else_=ActionStanding.OPEN.value,
    )


def of_party(column: InstrumentedAttribute[int | None], key: str) -> list[ColumnElement[bool]]:
    """The condition that a row is about the party with this key; none where no party is named."""
    return [column == select(Party.id).where(Party.key == key).scalar_subquery()] if key else []


def years(session: Session, *, of_reports: bool = False) -> tuple[int, ...]:
    """The years of which there are figures, the newest first; or of reports alone.

    An action is of the year of its day, which whoever answers writes: years without any are left out.
    """
    tables = (Recommendation, CriterionRating, *(() if of_reports else (KeyAction,)))
    found = {year for table in tables for year in session.scalars(_years_of(table))}
    return tuple(sorted(found, reverse=True))


def _years_of(table: type[Base]) -> Select[int]:
    """The years in a table, by one look at its index for each."""
    of = table.__table__.c
    newest = select(func.max(of.year).label("year")).where(of.open).cte("found", recursive=True)
    before = select(func.max(of.year)).where(of.open, of.year < newest.c.year)
    earlier = select(before.scalar_subquery()).where(newest.c.year.is_not(None))
    found = newest.union_all(earlier)
    return select(found.c.year).where(found.c.year.is_not(None))
