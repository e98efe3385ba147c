"""The cases that schedules open under the programmes of a person, within a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.people.queries import current_offices
from workflow.vocabulary import HOUSE

# Of each party so many of its newest cases are looked at, and for the house so many schedules by their days.
LOOKED_AT = 1000
_ORDER = ChildSchedule.opens_at, ChildSchedule.case_id, ChildSchedule.kind


@dataclass(frozen=True, slots=True)
class ComingCase:
    """A case that a schedule opens under another one: on which day, about which period, due by when."""

    on: date
    ref: str
    title: str
    label: str
    kind: str
    period_from: date
    period_to: date
    due_on: date | None


def openings(
    session: Session,
    engine: Engine,
    person: int,
    within: tuple[datetime, datetime, int],
    now: datetime,
) -> tuple[ComingCase, ...]:
    """What opens from one instant to another under what the person takes part in and may know of, so many at most.

    Whoever works for the house has a part in each. Of very many programmes the newest are looked at.
    """
    begins, ends, most = within
    held = current_offices(session, person, now.date())
    if not held:
        return ()
    some = _coming(begins, ends).limit(LOOKED_AT)
    if HOUSE not in {each.party_key for each in held}:
        newest = _newest({each.party_id for each in held})
        some = _coming(begins, ends).where(ChildSchedule.case_id.in_(newest)).limit(LOOKED_AT)
    coming = some.subquery("coming")
    asked = (
        select(
            coming.c.kind, coming.c.opens_on, coming.c.period_from, coming.c.period_to, coming.c.due_on,
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
        )
        .join(LifecycleCase, LifecycleCase.id == coming.c.case_id)
        .where(known_to(person, now.date()))
        .order_by(coming.c.opens_at, coming.c.case_id, coming.c.kind)
        .limit(most)
    )  # fmt: skip
    return tuple(_said(session, engine, row) for row in session.execute(asked))


def _coming(begins: datetime, ends: datetime) -> Select[Any]:
    within = ChildSchedule.opens_at >= begins, ChildSchedule.opens_at < ends
    return select(ChildSchedule.__table__).where(*within).order_by(*_ORDER)


def _newest(parties: Collection[int]) -> Select[Any]:
    """The newest cases in which one of these parties has a part, by an index for each party."""
    each = [
        select(CaseParty.case_id)
        .where(CaseParty.party_id == party)
        .order_by(CaseParty.case_id.desc())
        .limit(LOOKED_AT)
        .subquery()
        for party in sorted(parties)
    ]
    return select(union(*(select(one.c.case_id) for one in each)).subquery().c.case_id)


def _said(session: Session, engine: Engine, row: Any) -> ComingCase:
    kind = engine.definition(row.definition_id, session).children.get(row.kind)
    return ComingCase(
        on=row.opens_on,
        ref=row.ref,
        title=row.title,
        label=kind.label if kind else row.kind.replace("_", " ").capitalize(),
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        due_on=row.due_on,
    )
