"""One case as a run plays it: rounds open, seats answer, time passes, rules settle, until it ends."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from heapq import heappop, heappush
from math import inf

from workflow.forecast.simulation.course import (
    RoundAtStart,
    RunningRound,
    RunStep,
    SimulatedRun,
    Start,
)
from workflow.forecast.simulation.draws import Draws, Purpose
from workflow.forecast.simulation.observations import Pace, later, pace_of, waited
from workflow.forecast.simulation.panels import ANSWERED, AskedParty
from workflow.forecast.simulation.plan import Plan
from workflow.forecast.simulation.working_time import instant, moment
from workflow.lifecycles import calendar
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.machine import Fate, fate
from workflow.lifecycles.next_steps import is_timer
from workflow.lifecycles.terms import Appoints

# Whoever keeps a round from settling thinks again so often, and then says what is usual.
_RECONSIDERS = 4
_SETTLE = "settle"
# A case that took so many steps goes round and round: it is lost sight of.
_MOST_STEPS = 1_000


class CaseInRun:
    """A case in one run of a simulation."""

    def __init__(self, plan: Plan, draws: Draws, start: Start, horizon: float) -> None:
        self._plan, self._draws, self._horizon = plan, draws, horizon
        self._state, self._now = start.state, start.at
        self._open: dict[str, RunningRound] = {}
        self._turns = dict(start.turns)
        self._taking: dict[str, tuple[AskedParty, ...]] = dict(start.taking)
        self._said: dict[str, RunningRound] = {}
        self._entries = Counter[str]()
        self._entry = 0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._number = 0
        self.run = SimulatedRun(start.at)
        if start.rounds is None:
            self._open_all(plan.opened(start.state, "", goes_on=False))
        for each in start.rounds or ():
            self._take_over(each)
        for each in start.rounds or ():
            self._ask(self._open[each.key], each.opened)
        self._want(start.at if start.entered is None else start.entered)

    def played(self) -> SimulatedRun:
        """The whole run, until the case ends or is lost sight of."""
        while self._events and len(self.run.steps) < _MOST_STEPS:
            at, _, act = heappop(self._events)
            if at > self._horizon:
                break
            self._now = at
            act()
            if self._plan.definition.states[self._state].final:
                self.run.ended = self._now
                break
        return self.run

    def _at(self, instant_: float, act: Callable[[], None]) -> None:
        if instant_ < inf:
            self._number += 1
            heappush(self._events, (instant_, self._number, act))

    def _open_all(self, specs: Iterable[RoundSpec]) -> None:
        for sitting in [self._opened(spec) for spec in specs]:
            self._ask(sitting, self._now)

    def _opened(self, spec: RoundSpec) -> RunningRound:
        turn = self._turns[spec.key] = self._turns.get(spec.key, 0) + 1
        for seat in spec.rule.seats:
            if seat.of.startswith(ANSWERED):
                self._taking[seat.of] = self._answered(seat.of)
        seating = self._plan.seating(spec, self._taking)
        sitting = RunningRound(
            spec, turn, self._state, self._plan.due(spec.within, self._now), seating,
            [""] * len(seating.seats),
        )  # fmt: skip
        self._open[spec.key] = sitting
        self._at(sitting.due, partial(self._time_is_up, sitting, sitting.due))
        return sitting

    def _take_over(self, found: RoundAtStart) -> None:
        spec = self._plan.definition.rounds[found.key]
        sitting = RunningRound(
            spec, found.turn, found.state, found.due, found.seating,
            [""] * len(found.seating.seats), stopped=found.stopped,
        )  # fmt: skip
        self._open[found.key] = sitting
        self._recall(sitting, sorted(found.answered))
        if found.stopped == inf:
            self._at(max(found.due, self._now), partial(self._time_is_up, sitting, found.due))

    def _recall(self, sitting: RunningRound, answered: list[int]) -> None:
        """Draw what those said who have answered: what did not settle the round."""
        for number in answered:
            sitting.given[number] = self._verdict(sitting, number)
        if answered and sitting.seating.outcome(sitting.given, due_passed=False) is not None:
            for number in answered:
                sitting.given[number] = sitting.usual(sitting.seating.seats[number].part)

    def _answered(self, of: str) -> tuple[AskedParty, ...]:
        """Who gave one of the answers that a word names, the last time that the round was open."""
        _, key, verdicts = of.split(":", 2)
        sitting = self._said.get(key) or self._open.get(key)
        if sitting is None:
            return self._taking.get(of, ())
        return sitting.who_said(frozenset(verdicts.split("+")))

    def _ask(self, sitting: RunningRound, since: float) -> None:
        """Have each seat answer that may and was not asked before."""
        spec = sitting.spec
        if sitting.closed or sitting.stopped < inf or is_timer(spec):
            return
        first = self._open.get(spec.after_round)
        if first is not None and not first.heard_by(self._now):
            return
        for number in sitting.seating.turns(sitting.given):
            if number not in sitting.asked:
                sitting.asked[number] = since
                self._schedule(sitting, number, since)
        if sitting.heard and not sitting.answers_at:
            self._think_again(sitting)

    def _schedule(self, sitting: RunningRound, number: int, since: float) -> None:
        asked = sitting.asked_as(number)
        how = self._plan.assumed.answers[asked]
        share = self._draws.at(
            Purpose.DAYS, self._plan.numbers[asked.round], sitting.drawn_as(number), number
        )
        if since < self._now:
            days = how.waiting.remaining(share, waited(how.pace, since, self._now))
        else:
            days = how.waiting.at(share)
        if days < inf:
            party = sitting.seating.parties[number]
            at = self._plan.answered_at(self._now, days, how.pace, asked.role, party)
            at = self._plan.in_window(sitting.spec, at)
            sitting.answers_at[number] = at
            self._at(at, partial(self._answer, sitting, number, at))

    def _answer(self, sitting: RunningRound, number: int, at: float) -> None:
        if sitting.closed or sitting.stopped < inf or sitting.answers_at.get(number) != at:
            return
        del sitting.answers_at[number]
        spec, sitting.given[number] = sitting.spec, self._verdict(sitting, number)
        self._noted(sitting, number, sitting.given[number])
        if not self._settled(sitting, late=bool(spec.at_due) and sitting.due < self._now):
            self._go_on(sitting)

    def _noted(self, sitting: RunningRound, number: int, verdict: str) -> None:
        days = waited(pace_of(sitting.spec), sitting.asked.pop(number), self._now)
        self.run.waits.append((sitting.asked_as(number), days, verdict))

    def _verdict(self, sitting: RunningRound, number: int) -> str:
        spec, seat = sitting.spec, sitting.seating.seats[number]
        if sitting.again.get(number, 0) >= _RECONSIDERS:
            return sitting.usual(seat.part)
        share = self._draws.at(
            Purpose.VERDICT, self._plan.numbers[spec.key], sitting.drawn_as(number), number
        )
        return self._plan.assumed.answers[sitting.asked_as(number)].verdict(share)

    def _settled(self, sitting: RunningRound, *, late: bool) -> bool:
        outcome = sitting.seating.outcome(sitting.given, due_passed=late)
        if outcome is None:
            return False
        self._settle(sitting, outcome)
        return True

    def _go_on(self, sitting: RunningRound) -> None:
        """What follows on an answer that settles nothing: others may answer now, or somebody thinks again."""
        self._ask(sitting, self._now)
        if sitting.heard_by(self._now):
            for other in [s for s in self._open.values() if s.spec.after_round == sitting.spec.key]:
                self._ask(other, self._now)

    def _think_again(self, sitting: RunningRound) -> None:
        """Have those who keep a round from settling answer anew, unless time will settle it."""
        if sitting.spec.at_due and self._now <= sitting.due < inf:
            return
        for number in sitting.apart():
            sitting.again[number] = sitting.again.get(number, 0) + 1
            sitting.asked[number] = self._now
            if sitting.again[number] <= _RECONSIDERS:
                self._schedule(sitting, number, self._now)

    def _time_is_up(self, sitting: RunningRound, due: float) -> None:
        if sitting.closed or sitting.stopped < inf or sitting.due != due:
            return
        at_due = sitting.spec.at_due
        if at_due and at_due != _SETTLE:
            sitting.given = [at_due] * len(sitting.given)
        if not at_due or not self._settled(sitting, late=True):
            for other in [s for s in self._open.values() if s.spec.after_round == sitting.spec.key]:
                self._ask(other, self._now)
            if sitting.heard and not sitting.answers_at:
                self._think_again(sitting)

    def _settle(self, sitting: RunningRound, outcome: str) -> None:
        spec = sitting.spec
        self._close(sitting)
        for appoints in spec.appoints:
            if appoints.outcome == outcome:
                self._appoint(sitting, appoints)
        way = self._plan.branch(self._draws, spec, outcome, sitting.turn)
        target = spec.outcomes[outcome].every()[way]
        state = self._plan.next_state(self._state, spec.key, outcome, way)
        self.run.steps.append(RunStep(self._now, spec.key, outcome, state))
        goes_on = target.moves and self._leave(state)
        if target.enters:
            before, self._state = self._state, state
            self._entry += 1
            if self._plan.definition.states[state].final:
                return
            self._open_all(self._plan.opened(state, before, goes_on=goes_on))
            self._want(self._now)
        definition = self._plan.definition
        for key in definition.opened_through(target.reopens) if target.reopens else ():
            if key in self._open:
                self._close(self._open[key])
        again = [target.reopens] if target.reopens and target.reopens not in self._open else []
        self._open_all(definition.rounds[key] for key in (*target.opens, *again))

    def _appoint(self, sitting: RunningRound, appoints: Appoints) -> None:
        if appoints.verdict:
            self._taking[appoints.capacity] = sitting.who_said(frozenset({appoints.verdict}))

    def _close(self, sitting: RunningRound) -> None:
        sitting.closed = True
        for number in list(sitting.asked):
            self._noted(sitting, number, "")
        self._said[sitting.spec.key] = sitting
        del self._open[sitting.spec.key]

    def _leave(self, state: str) -> bool:
        """Stop, restart or close what is open; whether any of it goes on where it had been stopped."""
        goes_on, definition = False, self._plan.definition
        for sitting in list(self._open.values()):
            since = sitting.state if sitting.stopped < inf else ""
            comes = fate(definition, sitting.spec, self._state, state, waits_since=since)
            if comes is Fate.STOPS:
                sitting.stopped = min(sitting.stopped, self._now)
            elif comes is Fate.GOES_ON:
                goes_on = True
                self._resume(sitting)
            else:
                self._close(sitting)
        return goes_on

    def _resume(self, sitting: RunningRound) -> None:
        """Let a clock go on: its end and its answers come later by the time that it stood still."""
        since, within, pace = sitting.stopped, sitting.spec.within, pace_of(sitting.spec)
        sitting.stopped = inf
        if within is not None and sitting.due < inf:
            stood = calendar.passed(within, moment(since), moment(self._now))
            sitting.due = instant(calendar.put_off(within, moment(sitting.due), stood))
            self._at(sitting.due, partial(self._time_is_up, sitting, sitting.due))
        for number, at in sitting.answers_at.items():
            comes = later(pace, self._now, waited(pace, since, at))
            sitting.answers_at[number] = comes
            self._at(comes, partial(self._answer, sitting, number, comes))
        self._ask(sitting, self._now)

    def _want(self, entered: float) -> None:
        """Have initiatives come in the state as they are assumed to."""
        self._entries[self._state] += 1
        for spec in self._plan.initiatives(self._state):
            waiting = self._plan.assumed.initiatives[self._state, spec.key].waiting
            share = self._draws.at(
                Purpose.INITIATIVE, self._plan.numbers[spec.key], self._entries[self._state]
            )
            gone = waited(Pace.WORKING_DAYS, entered, self._now)
            days = waiting.remaining(share, gone) if gone > 0 else waiting.at(share)
            if days < inf:
                at = later(Pace.WORKING_DAYS, self._now, days)
                self._at(at, partial(self._take_initiative, spec, self._entry))

    def _take_initiative(self, spec: RoundSpec, entry: int) -> None:
        first = self._open.get(spec.after_round)
        waits = first is not None and not first.heard_by(self._now)
        if entry != self._entry or spec.key in self._open or waits:
            return
        sitting = self._opened(spec)
        if not spec.one_act:
            self._ask(sitting, self._now)
        elif sitting.given:
            sitting.given[0] = self._verdict(sitting, 0)
            if not self._settled(sitting, late=False):
                self._close(sitting)
