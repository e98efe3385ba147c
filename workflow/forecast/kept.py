"""What a worker forecast last, as pages read it: little, by its key, and never computed for a page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.forecast.case import Outlook, outlook_of
from workflow.forecast.models import CaseForecast, LifecycleForecast
from workflow.forecast.simulation.assumptions import Assumptions, fitting
from workflow.forecast.simulation.records import UNREADABLE, known_assumptions, simulation_of
from workflow.forecast.simulation.simulate import Simulation
from workflow.lifecycles.definition import Definition

_OF_CASE = select(CaseForecast.said, CaseForecast.computed_at).where(
    CaseForecast.case_id == bindparam("of_case"),
    CaseForecast.case_version == bindparam("of_version"),
)


@dataclass(frozen=True, slots=True)
class Taught:
    """What the closed cases of a lifecycle taught; `said` is of this very version, if it was simulated."""

    assumed: Assumptions
    closed_cases: int
    computed_at: datetime | None
    said: Simulation | None


def case_outlook(session: Session, case_id: int, version: int) -> Outlook | None:
    """The forecast of a case as it stands at this version; who asks has to be one who may read the case."""
    row = (
        session.connection().execute(_OF_CASE, {"of_case": case_id, "of_version": version}).first()
    )
    if not row or not row.said:
        return None
    try:
        return outlook_of(row.said, row.computed_at)
    except UNREADABLE:
        return None


def taught(session: Session, definition: Definition) -> Taught:
    """What is known of a lifecycle; what is assumed where no worker has looked yet."""
    held = session.get(LifecycleForecast, definition.key)
    known = None if held is None else known_assumptions(held.assumed)
    if held is None or known is None:
        return Taught(fitting(definition, None), 0, None, None)
    try:
        said = simulation_of(held.said) if held.digest == definition.digest else None
    except UNREADABLE:
        said = None
    return Taught(fitting(definition, known), held.closed_cases, held.computed_at, said)
