"""The simulation of a lifecycle: many runs of one seed, and what they come to together."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from workflow.forecast.simulation.case import CaseInRun
from workflow.forecast.simulation.course import SimulatedRun, Start
from workflow.forecast.simulation.delays import quantile
from workflow.forecast.simulation.draws import Draws
from workflow.forecast.simulation.plan import Plan
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.openness import DECIDED_STAGES

# A case that is under way for so many days more is lost sight of.
HORIZON = 20 * 365.25
LOW, HALF, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many days something comes: to one, five and nine of ten; without an end where it does not."""

    low: float
    half: float
    high: float

    @classmethod
    def of(cls, days: list[float]) -> "Spread":
        """The spread of these numbers of days."""
        return cls(quantile(days, LOW), quantile(days, HALF), quantile(days, HIGH))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A state that runs come to: which share of them, and of those in how many days."""

    state: str
    share: float
    days: Spread


@dataclass(frozen=True, slots=True)
class SeatLoad:
    """What a seat does: how often it answers in a run, after how many days, and what its waits add up to."""

    round: str
    role: str
    answers: float
    days: float
    waits: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """What so many runs of a seed come to.

    `next` are the states that follow first, `ends` those that end the case. `decided` is when it
    is first decided on, either way.
    """

    seed: int
    runs: int
    decided: Spread
    ended: Spread
    next: tuple[Arrival, ...]
    ends: tuple[Arrival, ...]
    loads: tuple[SeatLoad, ...]
    days_to_decision: tuple[float, ...]

    @property
    def unfinished(self) -> float:
        """The share of runs that come to no end in sight."""
        return max(0.0, 1.0 - sum(each.share for each in self.ends))


def runs_of(plan: Plan, start: Start, seed: int, runs: int) -> Iterator[SimulatedRun]:
    """Each run in turn."""
    for number in range(runs):
        yield CaseInRun(plan, Draws(seed, number), start, start.at + HORIZON).played()


def simulate(plan: Plan, start: Start, *, seed: int, runs: int) -> Simulation:
    """Play so many runs from where a case starts; the same seed comes to the same again."""
    played = list(runs_of(plan, start, seed, runs))
    decided = [when_decided(plan.definition, run) - start.at for run in played]
    return Simulation(
        seed=seed,
        runs=runs,
        decided=Spread.of(decided),
        ended=Spread.of([run.ended - start.at for run in played]),
        next=_arrivals([_first(run, start.state) for run in played], start.at),
        ends=_arrivals([_end(run) for run in played], start.at),
        loads=_loads(played),
        days_to_decision=tuple(sorted(decided)),
    )


def when_decided(definition: Definition, run: SimulatedRun) -> float:
    """When the case is first decided on: it is carried out, texts may open, or it ends."""
    for step in run.steps:
        state = definition.states[step.state]
        if state.decided or state.final or state.stage in DECIDED_STAGES:
            return step.at
    return inf


def _first(run: SimulatedRun, here: str) -> tuple[str, float]:
    """The first other state that a run comes to."""
    return next(((step.state, step.at) for step in run.steps if step.state != here), ("", inf))


def _end(run: SimulatedRun) -> tuple[str, float]:
    return (run.steps[-1].state, run.ended) if run.ended < inf else ("", inf)


def _arrivals(reached: list[tuple[str, float]], began: float) -> tuple[Arrival, ...]:
    counts = Counter(state for state, _ in reached if state)
    return tuple(
        Arrival(
            state,
            count / len(reached),
            Spread.of([at - began for there, at in reached if there == state]),
        )
        for state, count in counts.most_common()
    )


def _loads(played: list[SimulatedRun]) -> tuple[SeatLoad, ...]:
    """The seats by what their waits add up to, those most waited for first."""
    waits: dict[tuple[str, str], list[float]] = {}
    for run in played:
        for asked, days, verdict in run.waits:
            if verdict:
                waits.setdefault((asked.round, asked.role), []).append(days)
    loads = [
        SeatLoad(*key, len(days) / len(played), quantile(days, HALF), sum(days) / len(played))
        for key, days in waits.items()
    ]
    return tuple(sorted(loads, key=lambda load: (-load.waits, load.round, load.role)))
