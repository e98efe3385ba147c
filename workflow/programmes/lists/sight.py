"""What a person sees in lists: everything public, and of what is private their own.

The flag of a line only finds; who may know of a case is said by the one rule on cases.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import reach
from workflow.engine.permissions.visibility import (
    KEPT,
    audits,
    known_among_many,
    known_by_part,
)
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.models import ListedProgramme, PrivatePart


@dataclass(frozen=True, slots=True)
class ListSight:
    """Which lines somebody sees: a condition on public ones, and one on private ones.

    `own` are the latter with where each stands, found by their parts alone: to count them and to put
    them in order. It is none for an auditor, who sees all of both.
    """

    public: ColumnElement[bool]
    private: ColumnElement[bool]
    own: Subquery | None

    @property
    def both(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The two conditions, each of which an index answers for itself."""
        return self.public, self.private


def sight(session: Session, person: int, now: datetime) -> ListSight:
    """What a person sees in lists: an auditor everything, others what is public and their own."""
    public, today = ~ListedProgramme.private, now.date()
    if audits(session, person, today):
        return ListSight(public, ListedProgramme.private.expression, None)
    return ListSight(public, _of_own(person, today), _own_lines(person, today))


@lru_cache(KEPT)
def _of_own(person: int, today: date) -> ColumnElement[bool]:
    """The condition on those of the private lines that a person may know of."""
    mine = select(reach(person, today).subquery("of_mine").c.party_id)
    known = exists().where(
        LifecycleCase.id == ListedProgramme.case_id, known_among_many(person, today)
    )
    parts = select(PrivatePart.case_id).where(PrivatePart.party_id.in_(mine))
    # Said so that no index over all private lines is gone through for the few that are theirs.
    private = ListedProgramme.private.is_not(False)
    return and_(private, ListedProgramme.case_id.in_(parts), known)


@lru_cache(KEPT)
def _own_lines(person: int, today: date) -> Subquery:
    """The private programmes that a person may know of, by one index; it repeats what the rule goes by."""
    office = reach(person, today).subquery("of_mine")
    part = PrivatePart.__table__
    columns = (
        part.c[name] for name in ("case_id", "framework_id", "stage", "urgency", "entered_at")
    )
    mine = select(*columns).join_from(office, part, known_by_part(office, part))
    return mine.distinct().subquery("own_line")


def seen(of: ListSight, columns: Sequence[Any], ending: Callable[[Rows], Rows]) -> Subquery:
    """Lines of which one of the conditions holds, those of each found by an index.

    `ending` says for all alike which of them, in which order and how many.
    """
    return together(*(ending(select(*columns).where(condition)) for condition in of.both))


def together(*parts: Rows) -> Subquery:
    """The lines of several statements, each with an order and an end of its own."""
    return union_all(*(select(part.subquery()) for part in parts)).subquery("seen")
