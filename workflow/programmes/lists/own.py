"""The programmes in which one of a person's own parties has a part."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, union
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import reach
from workflow.engine.permissions.visibility import audits, known_to
from workflow.programmes.lists.models import ListedProgramme, PrivatePart
from workflow.programmes.lists.search import one_of
from workflow.vocabulary import Stage

# Of how many programmes the newest are looked at, and of how many that moved last it is asked who knows.
LOOKED_AT, AT_ONCE = 200, 24


@dataclass(frozen=True, slots=True)
class OwnProgramme:
    """A programme under way, where it stands and since when."""

    ref: str
    title: str
    stage: Stage
    state: str
    since: datetime


def own_programmes(
    session: Session, engine: Engine, person: int, now: datetime, limit: int = 6
) -> tuple[OwnProgramme, ...]:
    """Those under way that the person may know of, the one that moved last first.

    Of very many the newest are looked at, so that it costs the same however many there are.
    """
    first = _moved_last(session, person, now)
    if not first:
        return ()
    under_way = (
        select(LifecycleCase)
        .where(LifecycleCase.id.in_(first), known_to(person, now.date()))
        .order_by(LifecycleCase.entered_at.desc(), LifecycleCase.id.desc())
    )
    return tuple(
        OwnProgramme(case.ref, case.title, Stage(case.stage), _label(engine, case), case.entered_at)
        for case in session.scalars(under_way.limit(limit))
    )


def _moved_last(session: Session, person: int, now: datetime) -> Sequence[int]:
    """Those under way of the person's parties that moved last, as far as lists tell who knows of them."""
    ids = _newest(session, {each.party_id for each in offices(session, person, now.date())})
    if not ids:
        return ()
    may_know = or_(~ListedProgramme.private, _private(session, person, now))
    lines = select(ListedProgramme.case_id).where(
        one_of(ids), ListedProgramme.stage != Stage.END, may_know
    )
    moved = (ListedProgramme.entered_at.desc(), ListedProgramme.case_id.desc())
    return session.scalars(lines.order_by(*moved).limit(AT_ONCE)).all()


def _newest(session: Session, parties: Collection[int]) -> Sequence[int]:
    """The newest programmes in which one of these parties has a part, by an index for each party."""
    each = [
        select(CaseParty.case_id)
        .where(CaseParty.party_id == party)
        .order_by(CaseParty.case_id.desc())
        .limit(LOOKED_AT)
        .subquery()
        for party in sorted(parties)
    ]
    if not each:
        return ()
    found = union(*(select(one.c.case_id) for one in each)).subquery()
    newest = select(found.c.case_id).order_by(found.c.case_id.desc())
    return session.scalars(newest.limit(LOOKED_AT)).all()


def _private(session: Session, person: int, now: datetime) -> ColumnElement[bool]:
    """The condition on private lines that somebody may know of; an auditor of all of them."""
    if audits(session, person, now.date()):
        return ListedProgramme.private.expression
    mine = select(reach(person, now.date()).subquery("of_mine").c.party_id)
    return exists().where(
        PrivatePart.case_id == ListedProgramme.case_id, PrivatePart.party_id.in_(mine)
    )


def _label(engine: Engine, case: LifecycleCase) -> str:
    """The state in the words of the lifecycle that the programme follows."""
    if case.definition_id is None:
        return case.state
    return engine.definition(case.definition_id).states[case.state].label
