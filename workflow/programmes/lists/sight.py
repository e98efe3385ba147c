"""What a person sees in lists: everything public, and of what is private their own.

The flag of a line only finds; who may know of a case is said by the one rule on cases.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import reach
from workflow.engine.permissions.visibility import KEPT, audits, known_among_many
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.models import ListedProgramme, PrivatePart

Sight = tuple[ColumnElement[bool], ColumnElement[bool]]


def sight(session: Session, person: int, now: datetime) -> Sight:
    """The condition on public lines, and that on private ones; an auditor sees all of both."""
    public = ~ListedProgramme.private
    if audits(session, person, now.date()):
        return public, ListedProgramme.private.expression
    return public, _of_own(person, now.date())


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


def seen(
    of: Sequence[ColumnElement[bool]], columns: Sequence[Any], ending: Callable[[Rows], Rows]
) -> Subquery:
    """Lines of which one of the conditions holds, those of each found by an index.

    `ending` says for all alike which of them, in which order and how many.
    """
    each = (ending(select(*columns).where(condition)).subquery() for condition in of)
    return union_all(*(select(one) for one in each)).subquery("seen")
