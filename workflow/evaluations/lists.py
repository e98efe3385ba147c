"""What a figure of evaluations counts, line by line: recommendations, actions, or evaluations by their ratings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_among_many
from workflow.evaluations.filters import EvaluationFilters, EvaluationList, of_party, standing
from workflow.evaluations.models import CriterionRating, KeyAction, Recommendation
from workflow.people.models import Party

PAGE, PORTION = 25, 500


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One line: in which case it stands, what it says, of which party, and how it was answered or stands.

    `place` is its number there, a criterion's points, or nothing.
    """

    ref: str
    title: str
    says: str
    party: str
    status: str
    place: str
    due: date | None
    cursor: str


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """One page of lines; `next` is after which line it goes on, if there is more."""

    lines: tuple[EvaluationLine, ...]
    filters: EvaluationFilters
    next: str


def evaluation_lines(
    session: Session,
    person: int | None,
    filters: EvaluationFilters,
    today: date,
    most: int = PAGE,
) -> EvaluationPage:
    """A page of what a person may know of; where nobody is named, whoever reads keeps the installation."""
    wanted = _OF[filters.of](filters, today)
    if person is not None:
        wanted = wanted.where(known_among_many(person, today))
    rows = session.execute(wanted.limit(most + 1)).all()
    lines = tuple(_line(row) for row in rows[:most])
    return EvaluationPage(lines, filters, lines[-1].cursor if len(rows) > most else "")


def every_line(
    session: Session, person: int | None, filters: EvaluationFilters, today: date
) -> Iterator[EvaluationLine]:
    """Every line of a list, to be taken away."""
    after: str | None = filters.after
    while after is not None:
        page = evaluation_lines(session, person, replace(filters, after=after), today, PORTION)
        yield from page.lines
        after = page.next or None


def _line(row: Any) -> EvaluationLine:
    return EvaluationLine(
        row.ref, row.title, row.says, row.party or "", row.status, row.place, row.due,
        f"{row.case_id}_{row.at}",
    )  # fmt: skip


def _recommendations(filters: EvaluationFilters, _today: date) -> Select[Any]:
    table = Recommendation
    wanted = _lines(
        table,
        table.party_id,
        table.statement,
        table.answer,
        table.number,
        literal(None),
        table.place,
    )
    wanted = wanted.where(*of_party(table.party_id, filters.party))
    if filters.status:
        wanted = wanted.where(table.answer == filters.status)
    return _begun(wanted, filters, table, table.place, _whole(filters.after))


def _actions(filters: EvaluationFilters, today: date) -> Select[Any]:
    table, stands = KeyAction, standing(today)
    nothing = literal(0)
    wanted = _lines(
        table, table.party_id, table.action, stands, literal(""), table.due, nothing
    ).where(*of_party(table.party_id, filters.party))
    if filters.status:
        wanted = wanted.where(stands == filters.status)
    return _begun(wanted, filters, table, nothing, _whole(filters.after))


def _ratings(filters: EvaluationFilters, _today: date) -> Select[Any]:
    table = CriterionRating
    wanted = _lines(
        table, None, table.criterion, table.criterion, table.points, literal(None), table.criterion
    )
    if filters.status:
        wanted = wanted.where(table.criterion == filters.status)
    if filters.points is not None:
        wanted = wanted.where(table.points == filters.points)
    number, _, criterion = filters.after.partition("_")
    place = (int(number), criterion) if _is_number(number) else None
    return _begun(wanted, filters, table, table.criterion, place)


def _lines(table: Any, party: Any, *columns: Any) -> Select[Any]:
    """The lines of a table, each in its case."""
    says, status, place, due, at = columns
    wanted = select(
        table.case_id, LifecycleCase.ref, LifecycleCase.title, says.label("says"),
        status.label("status"), place.label("place"), due.label("due"), at.label("at"),
        (Party.name if party is not None else literal("")).label("party"),
    ).join(LifecycleCase, LifecycleCase.id == table.case_id)  # fmt: skip
    return wanted.outerjoin(Party, Party.id == party) if party is not None else wanted


def _begun(
    wanted: Select[Any],
    filters: EvaluationFilters,
    table: Any,
    at: Any,
    place: tuple[int, Any] | None,
) -> Select[Any]:
    """The lines of a year from a place on, the newest evaluation first."""
    wanted = wanted.where(table.open)
    if filters.year is not None:
        wanted = wanted.where(table.year == filters.year)
    if place is not None:
        further = and_(table.case_id == place[0], at > literal(place[1]))
        wanted = wanted.where(table.case_id <= place[0], or_(table.case_id < place[0], further))
    return wanted.order_by(table.case_id.desc(), at)


def _whole(after: str) -> tuple[int, int] | None:
    """A place that an address carries; none where it makes no sense."""
    number, _, place = after.partition("_")
    return (int(number), int(place)) if _is_number(number) and _is_number(place) else None


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) <= 9


_OF = {
    EvaluationList.RECOMMENDATIONS: _recommendations,
    EvaluationList.ACTIONS: _actions,
    EvaluationList.RATINGS: _ratings,
}
