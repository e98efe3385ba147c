"""The programmes in which one of a person's own parties has a part."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.people.appointments import in_force
from workflow.people.models import Appointment
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.lookup import few
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.search import one_of
from workflow.programmes.lists.sight import seen, sight
from workflow.vocabulary import Stage

UNDER_WAY = (2, 1)


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
    """Those under way that the person may know of, the one that moved last first."""
    newest = (ListedProgramme.entered_at, ListedProgramme.case_id)
    takes_part = _takes_part(session, person, now.date())

    def ending(statement: Rows) -> Rows:
        under_way = statement.where(ListedProgramme.stage != Stage.END, takes_part)
        return under_way.order_by(*(each.desc() for each in newest)).limit(limit)

    # An index holds those of one urgency by their time, the public ones and the private ones.
    each_kind = [
        and_(condition, ListedProgramme.urgency == urgency)
        for condition in sight(session, person, now)
        for urgency in UNDER_WAY
    ]
    lines = seen(each_kind, newest, ending)
    first = select(lines.c.case_id).order_by(lines.c.entered_at.desc(), lines.c.case_id.desc())
    under_way = (
        select(LifecycleCase)
        .where(LifecycleCase.id.in_(first.limit(limit)), known_to(person, now.date()))
        .order_by(LifecycleCase.entered_at.desc(), LifecycleCase.id.desc())
    )
    return tuple(
        OwnProgramme(case.ref, case.title, Stage(case.stage), _label(engine, case), case.entered_at)
        for case in session.scalars(under_way)
    )


def _takes_part(session: Session, person: int, today: date) -> ColumnElement[bool]:
    """The condition that a party of the person takes part: of few such programmes, that it is one."""
    parties = select(Appointment.party_id).where(Appointment.person_id == person, in_force(today))
    theirs = select(CaseParty.case_id).where(CaseParty.party_id.in_(parties))
    if (ids := few(session, theirs)) is not None:
        return one_of(ids)
    return exists().where(
        CaseParty.case_id == ListedProgramme.case_id, CaseParty.party_id.in_(parties)
    )


def _label(engine: Engine, case: LifecycleCase) -> str:
    """The state in the words of the lifecycle that the programme follows."""
    if case.definition_id is None:
        return case.state
    return engine.definition(case.definition_id).states[case.state].label
