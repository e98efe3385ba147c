"""The programmes in which one of a person's own parties has a part."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.people.appointments import in_force
from workflow.people.models import Appointment
from workflow.vocabulary import Stage


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
    today = now.date()
    takes_part = exists().where(
        CaseParty.case_id == LifecycleCase.id,
        CaseParty.party_id == Appointment.party_id,
        Appointment.person_id == person,
        in_force(today),
    )
    under_way = (
        select(LifecycleCase)
        .where(
            LifecycleCase.subject == "programme",
            LifecycleCase.stage != Stage.END,
            takes_part,
            known_to(person, today),
        )
        .order_by(LifecycleCase.entered_at.desc(), LifecycleCase.id)
        .limit(limit)
    )
    return tuple(
        OwnProgramme(case.ref, case.title, Stage(case.stage), _label(engine, case), case.entered_at)
        for case in session.scalars(under_way)
    )


def _label(engine: Engine, case: LifecycleCase) -> str:
    """The state in the words of the lifecycle that the programme follows."""
    if case.definition_id is None:
        return case.state
    return engine.definition(case.definition_id).states[case.state].label
