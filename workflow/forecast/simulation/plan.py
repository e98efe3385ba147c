"""What every run of a simulation shares: a lifecycle compiled once, under its assumptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from math import inf

from workflow.forecast.simulation.assumptions import Assumptions
from workflow.forecast.simulation.draws import Draws, Purpose
from workflow.forecast.simulation.observations import Pace, later, waited
from workflow.forecast.simulation.panels import Places, Seating, seated
from workflow.forecast.simulation.working_time import instant, moment
from workflow.lifecycles import calendar, machine
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.machine import opened_on_entry
from workflow.lifecycles.terms import Within
from workflow.vocabulary import Footing

_FIRST = date(1970, 1, 1)
# Whoever waits for a window to open answers by the middle of its first day.
_MORNING = 0.5
# How a party on leave is named: whoever holds this role for this party; every party where it is 0.
Absent = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a what-if changes: how many days later a role answers, and who is away from when to when."""

    later: Mapping[str, float] = field(default_factory=dict)
    away: Mapping[Absent, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)


AS_IT_IS = Changes()


class Plan:
    """A lifecycle as runs need it: what opens where, who sits, when time is up, what is answered."""

    def __init__(
        self,
        definition: Definition,
        assumed: Assumptions,
        places: Places,
        changes: Changes = AS_IT_IS,
    ) -> None:
        self.definition, self.assumed, self.places = definition, assumed, places
        self._later = changes.later
        self._away = {
            who: sorted((instant(since), instant(until)) for since, until in spans)
            for who, spans in changes.away.items()
        }
        self.numbers = {key: number for number, key in enumerate(definition.rounds)}
        self._seated: dict[tuple[object, ...], Seating] = {}
        self._next: dict[tuple[str, str, str, int], str] = {}
        self._entered: dict[tuple[str, str, bool], tuple[RoundSpec, ...]] = {}
        self._wanted: dict[str, tuple[RoundSpec, ...]] = {}

    def next_state(self, state: str, round_key: str, outcome: str, way: int) -> str:
        """Where an outcome leads by one of its ways, as the machine has it."""
        key = state, round_key, outcome, way
        if key not in self._next:
            self._next[key] = machine.next_state(self.definition, *key)
        return self._next[key]

    def opened(self, state: str, before: str, *, goes_on: bool) -> tuple[RoundSpec, ...]:
        """The rounds that open as a case enters a state."""
        key = state, before, goes_on
        if key not in self._entered:
            self._entered[key] = opened_on_entry(
                self.definition, state, Footing.MANAGED, before, goes_on=goes_on
            )
        return self._entered[key]

    def initiatives(self, state: str) -> tuple[RoundSpec, ...]:
        """The rounds that somebody may open in a state, and that somebody is assumed to."""
        if state not in self._wanted:
            self._wanted[state] = tuple(
                spec
                for spec in self.definition.rounds_in(state)
                if spec.opens is Opens.ON_INITIATIVE
                and self.assumed.initiatives[state, spec.key].waiting.comes
            )
        return self._wanted[state]

    def seating(self, spec: RoundSpec, taking: Places) -> Seating:
        """Who sits in a round of a case in which these parties take part, beside those known to all."""
        asked = tuple(taking.get(seat.of) for seat in spec.rule.seats)
        key = spec.key, asked
        if key not in self._seated:
            self._seated[key] = seated(spec, {**self.places, **taking})
        return self._seated[key]

    def due(self, within: Within | None, opened: float) -> float:
        """When a round that opens now is over, as the calendar has it; without an end where it is not."""
        end = calendar.due(within, moment(opened)) if within else None
        return instant(end) if end else inf

    def answered_at(self, begun: float, days: float, pace: Pace, role: str, party: int) -> float:
        """When a seat answers that takes so many days: later by what a what-if adds, and never on leave."""
        days += self._later.get(role, 0.0)
        at = later(pace, begun, days)
        if self._away:
            spans = (*self._away.get((role, party), ()), *self._away.get((role, 0), ()))
            for since, until in sorted(spans):
                if at > since and until > begun:
                    left = days - waited(pace, begun, max(since, begun)) if since > begun else days
                    begun, days = until, left
                    at = later(pace, begun, days)
        return at

    def in_window(self, spec: RoundSpec, at: float) -> float:
        """The same instant, or the first day of the yearly window within which alone a round is answered."""
        if spec.window is None or calendar.in_window(spec.window, moment(at)):
            return at
        return float((calendar.window_opens(spec.window, moment(at)) - _FIRST).days) + _MORNING

    def branch(self, draws: Draws, spec: RoundSpec, outcome: str, turn: int) -> int:
        """Which way an outcome leads: each of them as often, for no run knows the facts of a case."""
        ways = len(spec.outcomes[outcome].every())
        if ways == 1:
            return 0
        return int(draws.at(Purpose.BRANCH, self.numbers[spec.key], turn) * ways)
