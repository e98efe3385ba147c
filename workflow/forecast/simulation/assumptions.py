"""The assumptions of a simulation: how each seat answers and which initiatives come, with their sources."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from statistics import median

from workflow.forecast.simulation.delays import NEVER, PSEUDO, WaitingTime, assumed, learnt
from workflow.forecast.simulation.observations import (
    NOTHING,
    AskedAs,
    InitiativeWait,
    Observations,
    Pace,
    SeatWait,
    pace_of,
)
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.next_steps import is_timer
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.lifecycles.terms import Within
from workflow.vocabulary import Stage

# Fewer cases than this teach nothing, so that no figure tells of one case.
LEAST_CASES = 5
# Where a round allows no time: the working days that half of those asked are assumed to take.
UNLIMITED: Mapping[Stage, float] = {Stage.IMPLEMENTATION: 500.0, Stage.EVALUATION: 60.0}
UNLIMITED_OTHERWISE = 10.0
# How many of those who may object to a silence are assumed to say anything.
BREAKING_SILENCE = 0.1
# Where nothing else leads out of a state, an initiative is assumed to come by then.
ONLY_WAY_OUT = 30.0
STANCES: Mapping[Stance, float] = {Stance.FOR: 0.85, Stance.NEUTRAL: 0.05, Stance.AGAINST: 0.1}
_WORKING_DAYS_OF: Mapping[str, float] = {"hours": 1 / 24, "days": 5 / 7, "months": 21.0}


@dataclass(frozen=True, slots=True)
class Answering:
    """How long those asked take, in days of this pace, and which verdicts they give to which share.

    `cases` is how many closed cases it was learnt from; none where it is assumed.
    """

    waiting: WaitingTime
    pace: Pace
    verdicts: tuple[str, ...]
    shares: tuple[float, ...]
    cases: int = 0
    half_allowed: bool = True

    def verdict(self, share: float) -> str:
        """The verdict that is given at this share."""
        number = bisect_right(_upto(self.shares), share)
        return self.verdicts[min(number, len(self.verdicts) - 1)]


@lru_cache(512)
def _upto(shares: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(accumulate(shares))


@dataclass(frozen=True, slots=True)
class Initiative:
    """How many working days after a state was entered somebody opens a round there, if ever."""

    waiting: WaitingTime
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All that a simulation takes for granted of those who act in a lifecycle.

    `sizes` say how many seats a round asks in a role, where that is known.
    """

    answers: Mapping[AskedAs, Answering]
    initiatives: Mapping[tuple[str, str], Initiative]
    sizes: Mapping[AskedAs, int]


def assumptions(definition: Definition, seen: Observations = NOTHING) -> Assumptions:
    """What is assumed of a lifecycle, learnt from what was seen as far as it teaches anything."""
    waits = _grouped(seen.waits)
    specs = [spec for spec in definition.rounds.values() if not is_timer(spec)]
    return Assumptions(
        answers={
            asked: _answering(definition, spec, asked, waits.get(asked, ()))
            for spec in specs
            for asked in asked_in(spec)
        },
        initiatives={
            (state, spec.key): _initiative(definition, spec, state, seen.stays)
            for spec in specs
            for state in spec.states
            if spec.opens is Opens.ON_INITIATIVE
        },
        sizes={
            asked: round(median(found))
            for asked, found in seen.sizes.items()
            if len(found) >= LEAST_CASES
        },
    )


def asked_in(spec: RoundSpec) -> tuple[AskedAs, ...]:
    """Whom a round asks, each role for each part once."""
    found = (AskedAs(spec.key, seat.role, seat.part) for seat in spec.rule.seats)
    return tuple(dict.fromkeys(found))


def _grouped(waits: Sequence[SeatWait]) -> dict[AskedAs, list[SeatWait]]:
    found: dict[AskedAs, list[SeatWait]] = {}
    for each in waits:
        found.setdefault(each.asked, []).append(each)
    return found


def _answering(
    definition: Definition, spec: RoundSpec, asked: AskedAs, waits: Sequence[SeatWait]
) -> Answering:
    cases = len({each.case for each in waits})
    taught = waits if cases >= LEAST_CASES else ()
    pace, before = pace_of(spec), _assumed(definition, spec)
    shares = _shares(spec, asked, [each.verdict for each in taught if each.verdict])
    return Answering(
        waiting=learnt([(w.days, bool(w.verdict)) for w in taught], before) if taught else before,
        pace=pace,
        verdicts=tuple(shares),
        shares=tuple(shares.values()),
        cases=cases if taught else 0,
        half_allowed=spec.within is not None,
    )


def _assumed(definition: Definition, spec: RoundSpec) -> WaitingTime:
    """Half of the time allowed, as the median of those who answer."""
    comes = BREAKING_SILENCE if spec.rule.kind is RuleKind.SILENCE else 1.0
    if spec.within is None:
        stage = definition.states[spec.states[0]].stage
        return assumed(UNLIMITED.get(stage, UNLIMITED_OTHERWISE), comes)
    return assumed(_days(spec.within, pace_of(spec)) / 2, comes)


def _days(within: Within, pace: Pace) -> float:
    """About how many days of this pace a span gives."""
    if pace is Pace.DAYS:
        return within.amount / 24
    return max(1 / 24, within.amount * _WORKING_DAYS_OF.get(within.unit, 1.0))


def _shares(spec: RoundSpec, asked: AskedAs, given: Sequence[str]) -> dict[str, float]:
    """The share of each verdict: what was assumed counts as a few answers, beside those given."""
    offered = [each for each in spec.rule.verdicts.values() if each.part is asked.part]
    counts = {each.key: 0.0 for each in offered}
    stances = {each.stance for each in offered}
    whole = sum(STANCES[stance] for stance in stances)
    for each in offered:
        alike = [other for other in offered if other.stance is each.stance]
        # The first of a stance is the usual one: those that stand after it are given less often.
        usual = 1.0 if len(alike) == 1 else (0.8 if each is alike[0] else 0.2 / (len(alike) - 1))
        counts[each.key] = PSEUDO * STANCES[each.stance] / whole * usual
    for verdict in given:
        if verdict in counts:
            counts[verdict] += 1
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def _initiative(
    definition: Definition, spec: RoundSpec, state: str, stays: Sequence[InitiativeWait]
) -> Initiative:
    seen = [each for each in stays if (each.state, each.round) == (state, spec.key)]
    cases = len({each.case for each in seen})
    before = assumed(ONLY_WAY_OUT) if _first_way_out(definition, state) is spec else NEVER
    if cases < LEAST_CASES:
        return Initiative(before)
    return Initiative(learnt([(each.days, each.came) for each in seen], before), cases)


def _first_way_out(definition: Definition, state: str) -> RoundSpec | None:
    """The initiative that is assumed to come, where nothing that opens by itself leads out of a state."""
    specs = definition.rounds_in(state)
    if any(_leaves(spec) for spec in specs if spec.opens is not Opens.ON_INITIATIVE):
        return None
    return next((spec for spec in specs if _leaves(spec)), None)


def _leaves(spec: RoundSpec) -> bool:
    return any(to.state is not None for each in spec.outcomes.values() for to in each.every())


def fitting(definition: Definition, taught: Assumptions | None) -> Assumptions:
    """What is assumed of one version of a lifecycle: what another taught, where both ask and offer the same."""
    own = assumptions(definition)
    if taught is None:
        return own
    return Assumptions(
        answers={
            asked: other
            if (other := taught.answers.get(asked)) and other.verdicts == how.verdicts
            else how
            for asked, how in own.answers.items()
        },
        initiatives={at: taught.initiatives.get(at, how) for at, how in own.initiatives.items()},
        sizes=taught.sizes,
    )


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """The rounds in which a role is taken to answer alike: how, and in which of them."""

    role: str
    rounds: tuple[str, ...]
    how: Answering

    @property
    def half(self) -> float:
        """Within how many days half of those answer who answer at all."""
        return self.how.waiting.at(self.how.waiting.comes / 2)


def taken_from(assumed_: Assumptions) -> tuple[TakenFrom, ...]:
    """What is assumed of answers, what was learnt first; a role that is assumed alike in several rounds stands once."""
    found: dict[tuple[object, ...], TakenFrom] = {}
    for asked, how in sources(assumed_):
        one = TakenFrom(asked.role, (asked.round,), how)
        alike = (how.pace, how.half_allowed, round(one.half, 1), how.waiting.comes)
        place = (asked.role, *alike, asked.round if how.cases else "")
        known = found.get(place)
        rounds = (*(known.rounds if known else ()), asked.round)
        found[place] = replace(one, rounds=tuple(dict.fromkeys(rounds)))
    return tuple(found.values())


def sources(assumed_: Assumptions) -> Iterator[tuple[AskedAs, Answering]]:
    """Each assumption on answers, those learnt from most cases first."""
    yield from sorted(assumed_.answers.items(), key=lambda each: (-each[1].cases, each[0]))
