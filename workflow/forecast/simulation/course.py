"""What a run keeps: the rounds that are open, where it began, and the steps that it took."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from workflow.forecast.simulation.observations import AskedAs
from workflow.forecast.simulation.panels import AskedParty, Places, Seating
from workflow.lifecycles.clauses.remarks import verdicts_named
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import Stance
from workflow.lifecycles.seat import Part

# The times that one seat may think again within one turn of its round.
_TIMES = 8


class RunStep(NamedTuple):
    """A step of a course: at this instant this outcome of a round led to this state."""

    at: float
    round: str
    outcome: str
    state: str


@dataclass(slots=True)
class RunningRound:
    """An open round of a run: its seats, what they have answered, and when its time is up.

    `asked` says since when a seat may answer, `answers_at` when it will, `again` how often it
    thought again; `stopped` is when its clock was stopped, without an end where it runs.
    """

    spec: RoundSpec
    turn: int
    state: str
    due: float
    seating: Seating
    given: list[str]
    asked: dict[int, float] = field(default_factory=dict)
    answers_at: dict[int, float] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)
    stopped: float = inf
    closed: bool = False

    @property
    def heard(self) -> bool:
        """Whether every seat has answered that nobody stepped back from."""
        return all(
            said or seat.recused for said, seat in zip(self.given, self.seating.seats, strict=True)
        )

    def heard_by(self, now: float) -> bool:
        """Whether nobody waits for it any more: every seat has answered, or its time is up."""
        return self.heard or self.due < now

    def asked_as(self, number: int) -> AskedAs:
        """Who is asked at a seat, as far as it tells how they answer."""
        part = self.seating.seats[number].part
        return AskedAs(self.spec.key, self.seating.roles[number], part)

    def drawn_as(self, number: int) -> int:
        """Under which number a seat draws: another one each time that it thinks again."""
        return self.turn * _TIMES + min(self.again.get(number, 0), _TIMES - 1)

    def usual(self, part: Part) -> str:
        """What most say of those who are for it, or else the first answer that is."""
        offered = [each for each in self.spec.rule.verdicts.values() if each.part is part]
        for_it = [v.key for v in offered if v.stance is Stance.FOR] or [v.key for v in offered]
        said = Counter(verdict for verdict in self.given if verdict in for_it)
        return said.most_common(1)[0][0] if said else for_it[0]

    def apart(self) -> list[int]:
        """The deciding seats that keep it from settling: those not for it, or not for what most are for."""
        seats = enumerate(self.seating.seats)
        deciding = [n for n, seat in seats if seat.part is Part.DECIDES and self.given[n]]
        stances = {key: verdict.stance for key, verdict in self.spec.rule.verdicts.items()}
        found = [n for n in deciding if stances[self.given[n]] is not Stance.FOR]
        usual = self.usual(Part.DECIDES)
        return found or [n for n in deciding if self.given[n] != usual]

    def who_said(self, verdicts: frozenset[str]) -> tuple[AskedParty, ...]:
        """The parties that gave one of these answers, or commented where that is among them: then all that answered."""
        named = verdicts_named(self.spec, verdicts)
        return tuple(
            AskedParty(self.seating.parties[number], seat.party, seat.name)
            for number, seat in enumerate(self.seating.seats)
            if self.given[number] in named
        )


class RoundAtStart(NamedTuple):
    """A round that is open where a simulation begins; `opened` is when its seats were asked.

    Those who have `answered` are not asked again; what they said is drawn in each run.
    """

    key: str
    turn: int
    state: str
    opened: float
    due: float
    seating: Seating
    answered: frozenset[int] = frozenset()
    stopped: float = inf


@dataclass(frozen=True, slots=True)
class Start:
    """Where and when runs begin, with the rounds open there; without `rounds` a case enters anew.

    `turns` says how often each round was opened before, `taking` who takes part besides those known
    to the plan, `entered` since when the case is in its state.
    """

    state: str
    at: float
    rounds: tuple[RoundAtStart, ...] | None = None
    turns: Mapping[str, int] = field(default_factory=dict)
    taking: Places = field(default_factory=dict)
    entered: float | None = None


@dataclass(slots=True)
class SimulatedRun:
    """How one run went: its steps, when it ended if it did, and how many days each seat was waited for.

    A seat that said nothing until its round was closed waited as well, without a verdict.
    """

    began: float
    steps: list[RunStep] = field(default_factory=list)
    ended: float = inf
    waits: list[tuple[AskedAs, float, str]] = field(default_factory=list)
