"""Assumptions and simulations as they are kept: plain values that are read back as they were, shortened."""

from collections.abc import Mapping
from math import inf
from typing import Any

from workflow.forecast.simulation.assumptions import Answering, Assumptions, Initiative
from workflow.forecast.simulation.delays import WaitingTime
from workflow.forecast.simulation.observations import AskedAs, Pace
from workflow.forecast.simulation.simulate import Arrival, SeatLoad, Simulation, Spread
from workflow.lifecycles.seat import PARTS

# So many points are kept of a distribution, and of the days to a decision.
_POINTS = 40


# What cannot be read was altered, or left by another release: it counts as never computed.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def known_assumptions(kept: Mapping[str, Any]) -> Assumptions | None:
    """The assumptions that were kept; none where they cannot be read."""
    try:
        return assumptions_of(kept)
    except UNREADABLE:
        return None


def assumptions_kept(assumed: Assumptions) -> dict[str, Any]:
    """Assumptions as plain values; a learnt distribution is shortened to 40 points."""
    return {
        "answers": [
            [*asked, _waiting(how.waiting), how.pace.value, how.verdicts, how.shares, how.cases,
             how.half_allowed]
            for asked, how in assumed.answers.items()
        ],
        "initiatives": [
            [state, key, _waiting(how.waiting), how.cases]
            for (state, key), how in assumed.initiatives.items()
        ],
        "sizes": [[*asked, size] for asked, size in assumed.sizes.items()],
    }  # fmt: skip


def assumptions_of(kept: Mapping[str, Any]) -> Assumptions:
    """The assumptions that were kept."""
    return Assumptions(
        answers={
            AskedAs(key, role, PARTS[part]): Answering(
                _read(waiting), Pace(pace), tuple(verdicts), tuple(shares), cases, half_allowed
            )
            for key, role, part, waiting, pace, verdicts, shares, cases, half_allowed in kept[
                "answers"
            ]
        },
        initiatives={
            (state, key): Initiative(_read(waiting), cases)
            for state, key, waiting, cases in kept["initiatives"]
        },
        sizes={AskedAs(key, role, PARTS[part]): size for key, role, part, size in kept["sizes"]},
    )


def _waiting(waiting: WaitingTime) -> list[Any]:
    if len(waiting.days) <= _POINTS:
        return [_short(waiting.days), _short(waiting.shares), waiting.comes]
    steps = [waiting.comes * (number + 0.5) / _POINTS for number in range(_POINTS)]
    return [_short(tuple(map(waiting.at, steps))), _short(tuple(steps)), waiting.comes]


def _short(numbers: tuple[float, ...]) -> list[float]:
    return [round(number, 4) for number in numbers]


def _read(kept: list[Any]) -> WaitingTime:
    days, shares, comes = kept
    return WaitingTime(tuple(days), tuple(shares), comes)


def simulation_kept(found: Simulation) -> dict[str, Any]:
    """A simulation as plain values: days to a tenth, and null where something never comes."""
    last = len(found.days_to_decision) - 1
    return {
        "seed": found.seed,
        "runs": found.runs,
        "decided": _days(found.decided),
        "ended": _days(found.ended),
        "next": [[each.state, each.share, _days(each.days)] for each in found.next],
        "ends": [[each.state, each.share, _days(each.days)] for each in found.ends],
        "loads": [
            [each.round, each.role, each.answers, each.days, each.waits] for each in found.loads
        ],
        "days_to_decision": [
            _number(found.days_to_decision[round(last * point / 100)]) for point in range(101)
        ],
    }


def simulation_of(kept: Mapping[str, Any]) -> Simulation:
    """The simulation that was kept; of its days to a decision every hundredth."""
    return Simulation(
        seed=kept["seed"],
        runs=kept["runs"],
        decided=_spread(kept["decided"]),
        ended=_spread(kept["ended"]),
        next=tuple(Arrival(state, share, _spread(days)) for state, share, days in kept["next"]),
        ends=tuple(Arrival(state, share, _spread(days)) for state, share, days in kept["ends"]),
        loads=tuple(SeatLoad(*load) for load in kept["loads"]),
        days_to_decision=tuple(map(_float, kept["days_to_decision"])),
    )


def _days(spread: Spread) -> list[float | None]:
    return [_number(days) for days in (spread.low, spread.half, spread.high)]


def _spread(kept: list[float | None]) -> Spread:
    low, half, high = map(_float, kept)
    return Spread(low, half, high)


def _number(days: float) -> float | None:
    return None if days == inf else round(days, 1)


def _float(days: float | None) -> float:
    return inf if days is None else days
