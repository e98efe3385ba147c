"""The forecast of a lifecycle: how its cases will go from the beginning, as it is or changed in a what-if."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.errors import Invalid
from workflow.forecast import house
from workflow.forecast.simulation.assumptions import Assumptions, assumptions
from workflow.forecast.simulation.course import Start
from workflow.forecast.simulation.observations import NOTHING, Observations
from workflow.forecast.simulation.panels import invented
from workflow.forecast.simulation.plan import Changes, Plan
from workflow.forecast.simulation.simulate import Simulation, simulate
from workflow.forecast.simulation.working_time import instant
from workflow.forecast.what_if import YEARS, WhatIf, with_quorums
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase

AS_IT_IS = WhatIf()
MOST_RUNS = 100_000


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is asked of a simulation: from when on, how many runs of which seed, and what is changed."""

    at: datetime
    seed: int = 1
    runs: int = 1000
    changed: WhatIf = AS_IT_IS


@dataclass(frozen=True, slots=True)
class DefinitionForecast:
    """How cases of a lifecycle will go, and what that was taken from."""

    definition: Definition
    assumed: Assumptions
    simulation: Simulation


def forecast(
    definition: Definition,
    asked: Scenario,
    seen: Observations = NOTHING,
    session: Session | None = None,
) -> DefinitionForecast:
    """Play a lifecycle from its beginning; with a session its offices are those of the house.

    Without one a leave is a role's. Refuses fewer runs than one and more than MOST_RUNS, and to begin
    in another year than those that are known.
    """
    if not 1 <= asked.runs <= MOST_RUNS:
        raise Invalid(phrase("Ask for 1 to %(most)s runs.", most=MOST_RUNS))
    if asked.at.year not in YEARS:
        first, last = YEARS[0], YEARS[-1]
        raise Invalid(phrase("Begin in a year from %(first)s to %(last)s.", first=first, last=last))
    assumed = assumptions(definition, seen)
    return DefinitionForecast(definition, assumed, simulated(definition, assumed, asked, session))


def simulated(
    definition: Definition,
    assumed: Assumptions,
    asked: Scenario,
    session: Session | None = None,
) -> Simulation:
    """The same under assumptions that are known already."""
    among, today = invented(definition, assumed), asked.at.date()
    if session is not None:
        among = house.places(session, among, today)
        away = house.absences(session, definition, asked.changed.away, among, today)
    else:
        away = {(role, 0): spans for role, spans in _roles_only(definition, asked.changed).items()}
    changed = with_quorums(definition, asked.changed.quorum)
    plan = Plan(changed, assumed, among, Changes(asked.changed.later, away))
    start = Start(definition.initial, instant(asked.at))
    return simulate(plan, start, seed=asked.seed, runs=asked.runs)


def _roles_only(definition: Definition, changed: WhatIf) -> house.Leaves:
    for who in changed.away:
        if who not in definition.roles:
            raise Invalid(
                phrase(
                    "A file knows roles and nobody by name: %(who)s is no role of it. "
                    "With --history people are found by their address.",
                    who=who,
                )
            )
    return changed.away
