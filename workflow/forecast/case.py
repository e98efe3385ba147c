"""The forecast of one open case: when it will probably be decided on and end, and on whom it waits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Any

from sqlalchemy.orm import Session

from workflow.forecast.present_case import PresentCase, present_case
from workflow.forecast.simulation.assumptions import Assumptions
from workflow.forecast.simulation.observations import AskedAs
from workflow.forecast.simulation.plan import Plan
from workflow.forecast.simulation.simulate import Simulation, Spread, simulate
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.openness import DECIDED_STAGES
from workflow.lifecycles.seat import Part


@dataclass(frozen=True, slots=True)
class Between:
    """Between which instants something comes in four of five runs; an end in no sight is None."""

    low: datetime | None
    half: datetime | None
    high: datetime | None


@dataclass(frozen=True, slots=True)
class NextState:
    """A state that follows, in which share of the runs and when."""

    state: str
    share: float
    when: Between


@dataclass(frozen=True, slots=True)
class AwaitedSeat:
    """A seat that the case waits for: of which party, and how many days half of those in its role take.

    `cases` is from how many closed cases that is known; none where it is assumed.
    """

    round: str
    role: str
    party: str
    days: float | None
    pace: str
    cases: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """How one case will go, as it was computed then: `to_decision` until it is decided on, to its end from then on."""

    computed_at: datetime
    runs: int
    to_decision: bool
    comes: Between
    ended: Between
    next: tuple[NextState, ...]
    awaited: tuple[AwaitedSeat, ...]


def outlook(
    session: Session,
    definition: Definition,
    case: Any,
    assumed: Assumptions,
    *,
    now: datetime,
    runs: int,
) -> Outlook:
    """Play an open case from where it stands; its own number is the seed, so it is the same again."""
    stands = present_case(session, definition, case, assumed, now)
    plan = Plan(definition, assumed, stands.places)
    found = simulate(plan, stands.start, seed=case.id, runs=runs)
    state = definition.states[case.state]
    to_decision = not (state.decided or state.stage in DECIDED_STAGES)
    return Outlook(
        computed_at=now,
        runs=runs,
        to_decision=to_decision,
        comes=_between(found.decided if to_decision else found.ended, now),
        ended=_between(found.ended, now),
        next=_next(found, now),
        awaited=tuple(_awaited(stands, assumed)),
    )


def _next(found: Simulation, now: datetime) -> tuple[NextState, ...]:
    return tuple(NextState(each.state, each.share, _between(each.days, now)) for each in found.next)


def _between(spread: Spread, now: datetime) -> Between:
    low, half, high = (
        None if days == inf else now + timedelta(days=days)
        for days in (spread.low, spread.half, spread.high)
    )
    return Between(low, half, high)


def _awaited(stands: PresentCase, assumed: Assumptions) -> Iterator[AwaitedSeat]:
    """The silent seats of what is open, those that usually take longest first."""
    found = [
        AwaitedSeat(
            round_.key,
            seat.role,
            seat.party_name,
            None if (half := how.waiting.at(how.waiting.comes / 2)) == inf else round(half, 1),
            how.pace.value,
            how.cases,
        )
        for round_ in stands.rounds
        if not round_.paused_for
        for seat in round_.silent
        if (how := assumed.answers.get(AskedAs(round_.key, seat.role, Part.DECIDES)))
    ]
    yield from sorted(found, key=lambda each: -(each.days or inf))


def kept(found: Outlook) -> dict[str, Any]:
    """An outlook as plain values."""
    return {
        "runs": found.runs,
        "to_decision": found.to_decision,
        "comes": _instants(found.comes),
        "ended": _instants(found.ended),
        "next": [[each.state, each.share, _instants(each.when)] for each in found.next],
        "awaited": [
            [each.round, each.role, each.party, each.days, each.pace, each.cases]
            for each in found.awaited
        ],
    }


def outlook_of(said: Mapping[str, Any], computed_at: datetime) -> Outlook:
    """The outlook that was kept."""
    return Outlook(
        computed_at=computed_at,
        runs=said["runs"],
        to_decision=said["to_decision"],
        comes=_read(said["comes"]),
        ended=_read(said["ended"]),
        next=tuple(NextState(state, share, _read(when)) for state, share, when in said["next"]),
        awaited=tuple(AwaitedSeat(*each) for each in said["awaited"]),
    )


def _instants(when: Between) -> list[str | None]:
    found = (when.low, when.half, when.high)
    return [None if each is None else each.isoformat() for each in found]


def _read(kept_: list[str | None]) -> Between:
    low, half, high = (each if each is None else datetime.fromisoformat(each) for each in kept_)
    return Between(low, half, high)
