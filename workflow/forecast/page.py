"""The page of the forecast of a lifecycle: what a worker simulated last, or a what-if played beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.published.versions import version, versions
from workflow.forecast.definition import Scenario, simulated
from workflow.forecast.kept import Taught, taught
from workflow.forecast.simulation.assumptions import TakenFrom, taken_from
from workflow.forecast.simulation.simulate import Simulation
from workflow.forecast.what_if import WhatIf, what_if, with_quorum
from workflow.lifecycles.definition import Definition

# A page plays few runs, so that it is there at once; the command line plays as many as one likes.
PAGE_RUNS, SEED, BARS = 100, 1, 20


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """What is changed in a what-if, as it was written in the form; each as the command line takes it.

    `version` is the mark of the version that is played; without one it is the version offered.
    """

    later: tuple[str, ...] = ()
    quorum: tuple[str, ...] = ()
    away: tuple[str, ...] = ()
    version: str = ""

    def __bool__(self) -> bool:
        """Whether anything is changed."""
        return bool(self.later or self.quorum or self.away)


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of the runs that are decided on between so many days."""

    first: int
    last: int
    share: float


@dataclass(frozen=True, slots=True)
class ForecastPage:
    """What is forecast of a lifecycle; `changed` is the same with what was asked, by the same seed."""

    definition: Definition
    versions: tuple[Definition, ...]
    known: Taught
    usual: Simulation
    changed: Simulation | None
    bars: tuple[Bar, ...]
    answers: tuple[TakenFrom, ...]
    rounds_with_quorum: tuple[str, ...]

    @property
    def shown(self) -> Simulation:
        """The simulation of which the page tells."""
        return self.changed or self.usual


def forecast_page(
    session: Session, engine: Engine, key: str, asked: AskedChanges, now: datetime
) -> ForecastPage:
    """The forecast of a version of a lifecycle; refuses one that there is not, and a what-if that says nothing."""
    every = versions(session, engine, key)
    definition = version(every, asked.version).definition
    known = taught(session, definition)
    usual, changed = known.said, None
    if asked:
        what = what_if(definition, asked.later, asked.quorum, asked.away)
        usual = _played(definition, known, now, WhatIf())
        changed = _played(definition, known, now, what)
    usual = usual or _played(definition, known, now, WhatIf())
    return ForecastPage(
        definition=definition,
        versions=tuple(each.definition for each in every),
        known=known,
        usual=usual,
        changed=changed,
        bars=bars((changed or usual).days_to_decision),
        answers=taken_from(known.assumed),
        rounds_with_quorum=with_quorum(definition),
    )


def _played(definition: Definition, known: Taught, now: datetime, what: WhatIf) -> Simulation:
    scenario = Scenario(now, SEED, PAGE_RUNS, what)
    return simulated(definition, known.assumed, scenario)


def bars(days: Sequence[float]) -> tuple[Bar, ...]:
    """How the days to a decision are spread, in equal steps up to the last that is not among the longest few."""
    ended = sorted(each for each in days if each < inf)
    if not ended:
        return ()
    longest = ended[min(len(ended) - 1, int(0.98 * len(ended)))]
    step = max(1, int(longest / BARS) + 1)
    return tuple(
        Bar(
            first, first + step,
            sum(first <= each < first + step for each in ended) / len(days),
        )
        for first in range(0, step * BARS, step)
    )  # fmt: skip
